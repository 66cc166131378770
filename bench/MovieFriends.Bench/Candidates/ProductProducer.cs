using MovieFriends.Bench.Environments;
using MovieFriends.Bench.Rounds;

namespace MovieFriends.Bench.Candidates;

/// <summary>The producer of this product, a new process each time; its rate is what it reports itself.</summary>
internal sealed class ProductProducer(BenchEnvironment environment, string topic) : ICandidate
{
    public string Name => "producer";

    public async Task<Sample> RunAsync(CancellationToken cancellationToken)
    {
        var (report, processorSeconds) = await environment.ProduceAsync(topic, environment.Options.Messages, cancellationToken);
        return new Sample(report.MessagesPerSecond, report.Seconds, processorSeconds, new Dictionary<string, long> { ["queue full"] = report.QueueFullWaits });
    }
}
