using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MovieFriends.Chaos.Processes;
using MovieFriends.IntegrationTests.Infrastructure;
using MovieFriends.KafkaToNeo4j;

namespace MovieFriends.IntegrationTests.KafkaToNeo4j;

/// <summary>An application with streams of its own, in the test's process.</summary>
internal sealed class StreamApplication : IAsyncDisposable
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(60);

    private readonly IHost _host;
    private readonly ServiceLog _log = new();
    private readonly Ends _ends = new();

    private StreamApplication(Scenario scenario, Action<IHostApplicationBuilder> streams)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        foreach (var (key, value) in scenario.Environment)
            builder.Configuration[key.Replace("__", ":", StringComparison.Ordinal)] = value;
        builder.Logging.AddProvider(_log);
        builder.Services.AddSingleton<IStreamHost>(_ends);
        streams(builder);
        _host = builder.Build();
    }

    public IReadOnlyList<string> Log => _log.Lines;

    public static async Task<StreamApplication> StartAsync(Scenario scenario, Action<IHostApplicationBuilder> streams)
    {
        var application = new StreamApplication(scenario, streams);
        await application._host.StartAsync(scenario.Cancellation);
        return application;
    }

    public StreamStatus Status(string topic) => _host.Services.GetRequiredKeyedService<StreamInfo>(topic).ReadStatus();

    /// <summary>Waits until so many messages of a topic are settled.</summary>
    public Task SettledAsync(string topic, long messages) => Wait.UntilAsync(
        $"{messages} messages of {topic} are settled", s_timeout, () => Task.FromResult(Status(topic).Messages >= messages), Xunit.TestContext.Current.CancellationToken);

    /// <summary>Waits until there is a line in the log.</summary>
    public Task LoggedAsync(string text) => Wait.UntilAsync(
        $"the log has '{text}'", s_timeout, () => Task.FromResult(_log.Lines.Any(line => line.Contains(text, StringComparison.Ordinal))), Xunit.TestContext.Current.CancellationToken);

    /// <summary>What the health check of its only stream says.</summary>
    public async Task<HealthReportEntry> HealthAsync()
    {
        var report = await _host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Xunit.TestContext.Current.CancellationToken);
        return report.Entries.Single(entry => entry.Key.StartsWith("graph writes of", StringComparison.Ordinal)).Value;
    }

    /// <summary>Waits until a stream cannot go on.</summary>
    /// <returns>The line that says why.</returns>
    public async Task<string> FailureAsync()
    {
        try
        {
            await _ends.HasFailed.WaitAsync(s_timeout, Xunit.TestContext.Current.CancellationToken);
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"The stream goes on. It last said:\n{string.Join('\n', _log.Lines.TakeLast(12))}", exception);
        }

        return _log.Lines.Last(line => line.Contains("crit", StringComparison.OrdinalIgnoreCase));
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
    }

    private sealed class Ends : IStreamHost
    {
        private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task HasFailed => _failed.Task;

        public void Failed() => _failed.TrySetResult();

        public void Completed()
        {
        }
    }
}
