using System.Runtime.InteropServices;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Tests;

/// <summary>An application of sample workers, in a folder of its own.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private DistributedApplication? _application;

    public TestHost(Dictionary<string, string?>? configuration = null, bool withResourceService = false)
    {
        Folder = Directory.CreateTempSubdirectory("aspire-hosting-tests-").FullName;
        Builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { DisableDashboard = true, ProjectDirectory = Path.Combine(Folder, "AppHost") });
        Builder.Services.AddLogging(l => l.ClearProviders());
        Builder.Configuration.AddInMemoryCollection(configuration ?? []);
        if (withResourceService)
            HostServices.AddResourceService((DistributedApplicationBuilder)Builder);
    }

    public static string Worker { get; } = AppHostMetadata.ProjectOutput(typeof(Projects.SampleAppHost).Assembly, new Projects.SampleWorker().ProjectPath)!;

    public static string DotNet { get; } =
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    public string Folder { get; }

    public IDistributedApplicationBuilder Builder { get; }

    public ResourceNotificationService Notifications => _application!.ResourceNotifications;

    public DistributedApplication Application => _application!;

    public IResourceBuilder<ExecutableResource> Add(string name, params string[] args) =>
        Builder.AddExecutable(name, DotNet, Folder, ["exec", Worker, .. args]).WithEnvironment("ASPNETCORE_URLS", "http://127.0.0.1:0");

    public async Task StartAsync()
    {
        _application = Builder.Build();
        using var limit = new CancellationTokenSource(Limit);
        await _application.StartAsync(limit.Token);
    }

    public async Task<CustomResourceSnapshot> ReachAsync(string resource, params string[] states)
    {
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            return (await Notifications.WaitForResourceAsync(resource, e => states.Contains(e.Snapshot.State?.Text), limit.Token)).Snapshot;
        }
        catch (OperationCanceledException)
        {
            Notifications.TryGetCurrentState(resource, out var last);
            throw new TimeoutException($"'{resource}' did not reach {string.Join(" or ", states)}: it is {last?.Snapshot.State?.Text}. {await LogAsync(resource)}");
        }
    }

    public async Task<string> LogAsync(string resource)
    {
        var lines = new List<string>();
        await foreach (var batch in _application!.Services.GetRequiredService<ResourceLoggerService>().GetAllAsync(resource))
            lines.AddRange(batch.Select(l => l.Content));
        return string.Join('\n', lines);
    }

    public async Task WaitForLineAsync(string resource, string text)
    {
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await foreach (var batch in _application!.Services.GetRequiredService<ResourceLoggerService>().WatchAsync(resource).WithCancellation(limit.Token))
            {
                if (batch.Any(l => l.Content.Contains(text, StringComparison.Ordinal)))
                    return;
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"'{resource}' did not print '{text}' but: {await LogAsync(resource)}");
        }
    }

    public async Task StopAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        await _application!.StopAsync(limit.Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (_application is not null)
            await _application.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
