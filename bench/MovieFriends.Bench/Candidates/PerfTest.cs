using System.Globalization;
using MovieFriends.Bench.Environments;
using MovieFriends.Bench.Rounds;
using MovieFriends.Hosting.LocalServers.Kafka;

namespace MovieFriends.Bench.Candidates;

/// <summary>
/// <c>kafka-producer-perf-test</c> of the Kafka whose broker runs, a new process each time; its rate is what it prints. Records are as large as
/// charges; everything else is as it comes, but for the same acknowledgement and idempotence as the producer's.
/// </summary>
internal sealed class PerfTest(BenchEnvironment environment, ProducedTopic topic) : ICandidate
{
    // What the script of that name starts.
    private const string MainClass = "org.apache.kafka.tools.ProducerPerformance";

    private const string Unlimited = "-1";

    private readonly KafkaTools _tools = KafkaTools.Find();

    public string Name => "kafka-producer-perf-test";

    /// <exception cref="InvalidOperationException">It failed, or has not sent everything.</exception>
    public async Task<Sample> RunAsync(CancellationToken cancellationToken)
    {
        // A version without idempotence does not know the setting.
        IEnumerable<string> idempotence = _tools.Kafka.Capabilities.IsIdempotent ? ["enable.idempotence=true"] : [];
        var command = _tools.Command(
            MainClass,
            [
                "--topic", topic.Name,
                "--num-records", environment.Options.Messages.ToString(CultureInfo.InvariantCulture),
                "--record-size", topic.RecordSize.ToString(CultureInfo.InvariantCulture),
                "--throughput", Unlimited,
                "--producer-props", $"bootstrap.servers={environment.Variables["ConnectionStrings__kafka"]}", "acks=all", .. idempotence,
            ]);
        var (output, processorSeconds) = await JavaProcess.RunAsync(_tools.Java, command, cancellationToken);
        var result = PerfTestResult.Parse(output);
        return result.Records == environment.Options.Messages
            ? new Sample(result.RecordsPerSecond, result.Records / result.RecordsPerSecond, processorSeconds, new Dictionary<string, long>())
            : throw new InvalidOperationException($"{Name} has sent {result.Records} records instead of {environment.Options.Messages}:{Environment.NewLine}{output}");
    }
}
