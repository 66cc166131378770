using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MovieFriends.Hosting.LocalServers;

/// <summary>The locks that an application holds from before its start until it is disposed.</summary>
internal sealed class DataFolderLocks : IDisposable
{
    private readonly List<DataFolderLock> _held = [];

    public void Acquire(string folder) => _held.Add(DataFolderLock.Acquire(folder));

    public void Dispose() => _held.ForEach(one => one.Dispose());

    /// <summary>Locks the folder, and so creates it, when the application starts.</summary>
    public static void Add(IDistributedApplicationBuilder builder, string folder)
    {
        builder.Services.TryAddSingleton<DataFolderLocks>();
        builder.Eventing.Subscribe<BeforeStartEvent>((start, _) =>
        {
            start.Services.GetRequiredService<DataFolderLocks>().Acquire(folder);
            return Task.CompletedTask;
        });
    }
}
