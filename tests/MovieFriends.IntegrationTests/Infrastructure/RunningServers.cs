using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using MovieFriends.IntegrationTests.Infrastructure;
using Xunit;

[assembly: AssemblyFixture(typeof(RunningServers))]

// Scenarios share one database, and each begins with an empty one.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace MovieFriends.IntegrationTests.Infrastructure;

/// <summary>Kafka and Neo4j as the AppHost starts them on this machine, without the services; once for all tests.</summary>
public sealed class RunningServers : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    private readonly string _folder = Directory.CreateTempSubdirectory("moviefriends-tests-").FullName;
    private DistributedApplication? _app;

    /// <summary>What a service that is started by hand needs: connection strings and client settings, as environment variables.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; private set; } = new Dictionary<string, string>();

    /// <summary>Whether the broker keeps message headers.</summary>
    public bool HasHeaders => !Environment.TryGetValue("Topics__Headers", out var headers) || bool.Parse(headers);

    public async ValueTask InitializeAsync()
    {
        var connections = Path.Combine(_folder, "connections.json");
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.MovieFriends_AppHost>(
            [$"--LocalServers:DataPath={Path.Combine(_folder, "servers")}", $"--ConnectionsFile={connections}", "--no-dashboard"]);
        foreach (var service in builder.Resources.OfType<ProjectResource>().ToArray())
            builder.Resources.Remove(service);

        _app = await builder.BuildAsync();
        using var timeout = new CancellationTokenSource(s_patience);
        await _app.StartAsync(timeout.Token);
        await _app.ResourceNotifications.WaitForResourceHealthyAsync("kafka", timeout.Token);
        await _app.ResourceNotifications.WaitForResourceHealthyAsync("graph", timeout.Token);

        var file = await Wait.UntilAsync(
            "the AppHost writes its connections file",
            s_patience,
            () => Task.FromResult(File.Exists(connections) ? connections : null),
            timeout.Token);
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(file, timeout.Token));
        Environment = json.RootElement.GetProperty("environment").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!);
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
