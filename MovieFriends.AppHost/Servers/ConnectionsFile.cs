using Microsoft.Extensions.Hosting;

namespace MovieFriends.AppHost.Servers;

/// <summary>
/// Tells programs that are started by hand how to reach the servers of the running AppHost: the environment variables that a service
/// gets. The file is there while the AppHost runs, and only its owner may read it.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="dataPath">Where the AppHost's local servers keep their data.</param>
internal sealed class ConnectionsFile(string path, string dataPath) : IHostedService, IDisposable
{
    private bool _written;

    public void Write(IReadOnlyDictionary<string, string> environment)
    {
        AppHostRecord.OfThisProcess(dataPath, environment).Write(path);
        _written = true;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    /// <summary>Deletes the file, unless another AppHost has written its own meanwhile.</summary>
    public void Dispose()
    {
        if (!_written)
            return;

        _written = false;
        try
        {
            if (AppHostRecord.Read(path)?.AppHostPid == Environment.ProcessId)
                File.Delete(path);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // Somebody else has deleted or replaced it: nothing of ours is left to delete.
        }
    }
}
