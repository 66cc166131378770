using System.Globalization;
using MovieFriends.Bench.Environments;
using MovieFriends.Bench.Rounds;
using MovieFriends.Contracts.Reporting;

namespace MovieFriends.Bench.Candidates;

/// <summary>The consumer of this product with a backlog of rentals and no charges, a new process each time; its rate is what it reports itself.</summary>
internal sealed class RentalConsumer(BenchEnvironment environment, RentalTopic topic) : ICandidate
{
    public string Name => "rentals, consumer";

    public async Task<Sample> RunAsync(CancellationToken cancellationToken)
    {
        var (report, processorSeconds) = await environment.RunAsync(
            "consumer",
            ReportJson.Default.RentalsReport,
            [
                .. topic.Settings,
                new("Consumer__StopAt", "End"),
                new("Consumer__MaxBatchSize", environment.MaxBatchSize.ToString(CultureInfo.InvariantCulture)),
                // A group that has committed nothing, as in a first run.
                new("Consumer__GroupId", $"bench-{Guid.NewGuid():N}"),
            ],
            cancellationToken,
            ReportStages.ConsumedRentals);
        return new Sample(report.MessagesPerSecond, report.Seconds, processorSeconds, new Dictionary<string, long> { ["batches"] = report.Batches, ["deadlocks"] = report.Deadlocks });
    }
}
