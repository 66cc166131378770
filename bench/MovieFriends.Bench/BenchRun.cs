using MovieFriends.Bench.Environments;
using MovieFriends.Bench.Reporting;
using MovieFriends.Chaos.Reporting;
using MovieFriends.Chaos.Servers;

namespace MovieFriends.Bench;

/// <summary>One run: servers start, and every measure is made on them.</summary>
internal sealed class BenchRun(BenchOptions options, Journal journal)
{
    /// <exception cref="InvalidOperationException">Something failed, or after a round there is not what there should be.</exception>
    /// <exception cref="TimeoutException">Something did not happen in time.</exception>
    public async Task<BenchReport> RunAsync(CancellationToken cancellationToken)
    {
        journal.Begin();
        journal.Write($"starting servers");
        await using var servers = await ServersUnderTest.StartAsync(withLinks: false, ["--Logging:LogLevel:Default=None"], cancellationToken);
        journal.Write($"Kafka {servers.KafkaVersion}, Neo4j {servers.GraphVersion}");
        try
        {
            return await RunAsync(servers, cancellationToken);
        }
        catch when (options.Reports is not null && !cancellationToken.IsCancellationRequested)
        {
            // A server that fails says more in its log than to its clients.
            var logs = Path.Combine(options.Reports, "logs");
            try
            {
                servers.SaveLogs(logs);
                journal.Write($"it failed; the servers' logs are in {logs}");
            }
            catch (IOException exception)
            {
                journal.Write($"it failed; the servers' logs could not be kept: {exception.Message}");
            }

            throw;
        }
    }

    private async Task<BenchReport> RunAsync(ServersUnderTest servers, CancellationToken cancellationToken)
    {
        await using var environment = new BenchEnvironment(servers.Environment, options, journal) { GraphServer = servers.Graph };
        var measures = new List<MeasureReport>();
        foreach (var measure in options.Measures)
        {
            journal.Write($"measuring {measure.Name}");
            measures.Add(await measure.RunAsync(environment, cancellationToken));
        }

        return new BenchReport(
            servers.KafkaVersion,
            servers.GraphVersion,
            Environment.ProcessorCount,
            environment.Partitions,
            options.Messages,
            options.GraphUsers,
            environment.MaxBatchSize,
            options.Rounds,
            measures);
    }
}
