using System.Globalization;
using MovieFriends.Bench.Rounds;
using MovieFriends.Bench.TestBeds;
using MovieFriends.Contracts.Reporting;

namespace MovieFriends.Bench.Contestants;

/// <summary>The consumer of this product, a new process each time; its rate is what it reports itself.</summary>
internal class ProductConsumer(TestBed bed, string name) : IContestant
{
    public string Name => name;

    /// <summary>Where it exports its telemetry to, if anywhere.</summary>
    protected virtual IEnumerable<KeyValuePair<string, string>> Telemetry => [];

    public virtual async Task<Sample> RunAsync(CancellationToken cancellationToken)
    {
        var (report, processorSeconds) = await bed.RunAsync(
            "consumer",
            ReportJson.Default.ConsumerReport,
            [
                new("Consumer__StopAt", "End"),
                new("Consumer__MaxBatchSize", bed.Options.MaxBatchSize.ToString(CultureInfo.InvariantCulture)),
                // A group that has committed nothing, as in a first run.
                new("Consumer__GroupId", $"bench-{Guid.NewGuid():N}"),
                .. Telemetry,
            ],
            cancellationToken);
        return new Sample(report.ChargesPerSecond, report.Seconds, processorSeconds, new Dictionary<string, long>
        {
            ["batches"] = report.Batches,
            ["deadlocks"] = report.Deadlocks,
        });
    }
}
