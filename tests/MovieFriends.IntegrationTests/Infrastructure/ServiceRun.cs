using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace MovieFriends.IntegrationTests.Infrastructure;

/// <summary>One service under an AppHost of its own that uses servers which run already.</summary>
internal sealed class ServiceRun : IAsyncDisposable
{
    // The services wait for it, so its failure is theirs.
    private const string Seeder = "seeder";

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly DistributedApplication _app;
    private readonly string _service;
    private readonly string _connections;
    private readonly List<string> _log = [];
    private readonly List<string> _seederLog = [];
    private readonly Task _logging;
    private readonly CancellationTokenSource _stopLogging = new();

    private ServiceRun(DistributedApplication app, string service, string connections)
    {
        (_app, _service, _connections) = (app, service, connections);
        _logging = FollowAsync();
    }

    /// <summary>Everything the service has written to its console so far.</summary>
    public IReadOnlyList<string> Log
    {
        get
        {
            lock (_log)
                return [.. _log];
        }
    }

    /// <summary>Starts the AppHost with the seeder, which the services wait for, and one service.</summary>
    public static async Task<ServiceRun> StartAsync(string service, IEnumerable<string> arguments, int replicas, CancellationToken cancellationToken)
    {
        var connections = Path.GetTempFileName();
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.MovieFriends_AppHost>(
            ["--Servers=External", $"--ConnectionsFile={connections}", .. arguments, "--no-dashboard"], cancellationToken);
        foreach (var resource in builder.Resources.OfType<ProjectResource>().ToArray())
        {
            if (resource.Name != service && resource.Name != Seeder)
                builder.Resources.Remove(resource);
        }

        var wanted = builder.CreateResourceBuilder((ProjectResource)builder.Resources.Single(r => r.Name == service));
        foreach (var explicitStart in wanted.Resource.Annotations.OfType<ExplicitStartupAnnotation>().ToArray())
            wanted.Resource.Annotations.Remove(explicitStart);
        if (replicas > 1)
            wanted.WithReplicas(replicas);

        var app = await builder.BuildAsync(cancellationToken);
        var run = new ServiceRun(app, service, connections);
        await app.StartAsync(cancellationToken);
        return run;
    }

    /// <summary>Waits until the service has ended.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> ExitCodeAsync(CancellationToken cancellationToken)
    {
        var ended = await WaitForAsync(state => state.Snapshot.ExitCode is not null, cancellationToken);
        return ended.Snapshot.ExitCode!.Value;
    }

    /// <summary>Waits until every replica has ended.</summary>
    public async Task AllEndedAsync(int replicas, CancellationToken cancellationToken)
    {
        var ended = new HashSet<string>();
        await WaitForAsync(state => state.Snapshot.ExitCode is not null && ended.Add(state.ResourceId) && ended.Count == replicas, cancellationToken);
    }

    /// <summary>Asks the service to end, and waits until it has.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => _app.StopAsync(cancellationToken);

    /// <summary>Ends the service's process without any warning.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        var running = await WaitForAsync(state => state.Snapshot.Properties.Any(p => p is { Name: "executable.pid", Value: not null }), cancellationToken);
        var pid = Convert.ToInt32(running.Snapshot.Properties.Single(p => p.Name == "executable.pid").Value, CultureInfo.InvariantCulture);
        using var process = Process.GetProcessById(pid);
        process.Kill();
        await process.WaitForExitAsync(cancellationToken);
    }

    /// <summary>Waits for a line in the service's console.</summary>
    public async Task<string> LineAsync(string text, CancellationToken cancellationToken)
    {
        try
        {
            return await Wait.UntilAsync(
                $"the {_service} writes '{text}'",
                s_patience,
                () => Task.FromResult(Log.FirstOrDefault(line => line.Contains(text, StringComparison.Ordinal))),
                cancellationToken);
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"{exception.Message} {State()}");
        }
    }

    /// <summary>What the service reported in the end.</summary>
    public async Task<JsonElement> ReportAsync(CancellationToken cancellationToken)
    {
        const string marker = " report: ";
        var line = await LineAsync(marker, cancellationToken);
        return JsonDocument.Parse(line[(line.IndexOf(marker, StringComparison.Ordinal) + marker.Length)..]).RootElement;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _stopLogging.CancelAsync();
        await _logging;
        _stopLogging.Dispose();
        File.Delete(_connections);
    }

    private async Task<ResourceEvent> WaitForAsync(Func<ResourceEvent, bool> condition, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(s_patience);
        try
        {
            return await _app.ResourceNotifications.WaitForResourceAsync(_service, condition, timeout.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"The {_service} did not get there within {s_patience.TotalSeconds:0} s. {State()}");
        }
    }

    /// <summary>How far the resources are, and what the service wrote.</summary>
    private string State()
    {
        var states = new List<string>();
        foreach (var resource in _app.Services.GetRequiredService<DistributedApplicationModel>().Resources)
        {
            if (_app.ResourceNotifications.TryGetCurrentState(resource.Name, out var current))
                states.Add($"{resource.Name}: {current.Snapshot.State?.Text}, exit code {current.Snapshot.ExitCode}");
        }

        lock (_log)
            return $"{string.Join("; ", states)}. The {_service} wrote:\n{string.Join('\n', _log)}\nThe seeder wrote:\n{string.Join('\n', _seederLog)}";
    }

    private async Task FollowAsync()
    {
        var logs = _app.Services.GetRequiredService<ResourceLoggerService>();
        var followed = new HashSet<string>();
        var following = new List<Task>();
        try
        {
            await foreach (var change in _app.ResourceNotifications.WatchAsync(_stopLogging.Token))
            {
                if (change.Resource is ProjectResource && followed.Add(change.ResourceId))
                    following.Add(FollowAsync(logs, change.ResourceId, change.Resource.Name == _service ? _log : _seederLog));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(following);
        }
    }

    private async Task FollowAsync(ResourceLoggerService logs, string resourceId, List<string> log)
    {
        try
        {
            await foreach (var lines in logs.WatchAsync(resourceId).WithCancellation(_stopLogging.Token))
            {
                lock (_log)
                    log.AddRange(lines.Select(line => line.Content));
            }
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
    }
}
