using System.Globalization;
using MovieFriends.Bench.Environments;
using MovieFriends.Bench.Rounds;
using MovieFriends.Contracts.Reporting;

namespace MovieFriends.Bench.Candidates;

/// <summary>The consumer of this product, a new process each time; its rate is what it reports itself.</summary>
/// <param name="environment">What it works on.</param>
/// <param name="name">What it is called beside the others.</param>
/// <param name="settings">What it is told besides, as environment variables.</param>
internal sealed class ProductConsumer(BenchEnvironment environment, string name, params IEnumerable<KeyValuePair<string, string>> settings) : ICandidate
{
    /// <summary>Counted: charges that were in the graph before.</summary>
    public const string Updated = "updated";

    public string Name => name;

    public async Task<Sample> RunAsync(CancellationToken cancellationToken)
    {
        var (report, processorSeconds) = await environment.RunAsync(
            "consumer",
            ReportJson.Default.ConsumerReport,
            [
                new("Consumer__StopAt", "End"),
                new("Consumer__MaxBatchSize", environment.MaxBatchSize.ToString(CultureInfo.InvariantCulture)),
                // A group that has committed nothing, as in a first run.
                new("Consumer__GroupId", $"bench-{Guid.NewGuid():N}"),
                .. settings,
            ],
            cancellationToken);
        return new Sample(report.ChargesPerSecond, report.Seconds, processorSeconds, new Dictionary<string, long>
        {
            ["batches"] = report.Batches,
            [Updated] = report.Updated,
            ["deadlocks"] = report.Deadlocks,
        });
    }
}
