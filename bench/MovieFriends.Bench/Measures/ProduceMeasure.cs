using System.Globalization;
using MovieFriends.Bench.Candidates;
using MovieFriends.Bench.Environments;
using MovieFriends.Bench.Reporting;
using MovieFriends.Bench.Rounds;

namespace MovieFriends.Bench.Measures;

/// <summary>The producer beside Kafka's own performance test, and beside the loop of 2017.</summary>
internal sealed class ProduceMeasure : IMeasure
{
    private const double LeastToPerfTest = 1;
    private const double LeastTo2017 = 2;

    public string Name => "produce";

    public async Task<MeasureReport> RunAsync(BenchEnvironment environment, CancellationToken cancellationToken)
    {
        using var topic = await ProducedTopic.CreateAsync(environment, cancellationToken);
        var series = await new Alternation(environment, topic).RunAsync(
            [new ProductProducer(environment, topic.Name), new PerfTest(environment, topic), new Producer2017(environment, topic.Name)],
            cancellationToken);
        var (toPerfTest, toOld) = (Ratio.Of(series[0], series[1]), Ratio.Of(series[0], series[2]));
        return new MeasureReport(
            Name,
            "Messages per second into Kafka, from the first message to the last confirmation.",
            "messages/s",
            series,
            [toPerfTest, toOld],
            [
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The producer makes {toPerfTest.Value:0.00} times the rate of kafka-producer-perf-test (at least {LeastToPerfTest:0.0} is wanted), and {toOld.Value:0.00} times that of 2017 (at least {LeastTo2017:0.0})."),
                "What counts is the time of sending: the start of a process and the connection of its client are not in it; compiling at run time is, where the process is new.",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"kafka-producer-perf-test sends values of {topic.RecordSize} bytes, as many as the producer's key and value have, without a key, to which partition it likes; acks=all, idempotent where the broker can, else with its own defaults."),
                "2017 is the article's loop: a string for each message, no key, no delivery report, acks=1. It runs in the benchmark's process, which is warm; the others are new processes each time.",
            ]);
    }
}
