using MovieFriends.Contracts.Graph;
using MovieFriends.Neo4j;
using Neo4j.Driver;
using ILogger = Microsoft.Extensions.Logging.ILogger;

namespace MovieFriends.Seeder.Graph;

/// <summary>Deletes everything that the services wrote, in transactions of bounded size.</summary>
internal sealed partial class GraphReset(IDriver driver, Neo4jDriverSettings settings, GraphRetry retry, Neo4jTelemetry telemetry, ILogger<GraphReset> logger)
{
    private const long NodesPerTransaction = 10_000;

    // The seeder's mark and its ledger go first: a graph that is half deleted must not be taken for a whole one.
    private static readonly string[] s_labels = [GraphNames.SeedCompletion, SeedQueries.ComponentLabel, GraphNames.KafkaOffset, GraphNames.DailyCharge, GraphNames.User];

    /// <summary>Deletes; can be repeated after an interruption.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var label in s_labels)
        {
            var counters = new StepCounters();
            while (await DeleteSomeAsync(label, counters, cancellationToken) > 0)
                cancellationToken.ThrowIfCancellationRequested();
            LogDeleted(logger, label, counters);
        }
    }

    private Task<int> DeleteSomeAsync(string label, StepCounters counters, CancellationToken cancellationToken) => retry.RunAsync(
        async () =>
        {
            await using var session = driver.AsyncSession(o => GraphSchema.ForDatabase(o, settings.Database));
            var summary = await SeedQueries.DeleteSome(label).ExecuteAsync(session, new Dictionary<string, object?> { ["limit"] = NodesPerTransaction }, telemetry);
            counters.Add(summary.Counters);
            return summary.Counters.NodesDeleted;
        },
        cancellationToken);

    [LoggerMessage(LogLevel.Information, "Reset {Label}: {Counters}.")]
    private static partial void LogDeleted(ILogger logger, string label, StepCounters counters);
}
