using System.Globalization;
using MovieFriends.Bench.Candidates;
using MovieFriends.Bench.Environments;
using MovieFriends.Bench.Reporting;
using MovieFriends.Bench.Rounds;

namespace MovieFriends.Bench.Measures;

/// <summary>Whether consumer and producer need more memory for more messages.</summary>
internal sealed class MemoryMeasure : IMeasure
{
    private const double MebibytesAllowed = 300;
    private const double GrowthAllowed = 0.1;
    private const string Consumer = "consumer";
    private const string Producer = "producer";

    private static readonly string[] s_services = [Consumer, Producer];

    public string Name => "memory";

    public async Task<MeasureReport> RunAsync(BenchEnvironment environment, CancellationToken cancellationToken)
    {
        await environment.SeedAsync(cancellationToken);
        long[] sizes = [environment.Options.Messages, environment.Options.Messages * environment.Options.Factor];
        var samples = new Dictionary<string, List<Sample>>();
        var curves = new Dictionary<string, Curve>();
        for (var round = 1; round <= environment.Options.Rounds; round++)
        {
            foreach (var messages in round % 2 == 1 ? sizes : [.. sizes.Reverse()])
            {
                var topic = await FreshTopic.CreateAsync(environment.Variables, "memory", environment.Partitions, cancellationToken);
                var run = new MemoryRun(environment, messages);
                Add(SeriesName(Producer, messages), round, await run.ProduceAsync(topic, cancellationToken));
                Add(SeriesName(Consumer, messages), round, await run.ConsumeAsync(topic, cancellationToken));
                await topic.DeleteAsync(environment.Variables);
            }
        }

        await environment.Charges.ClearAsync(cancellationToken);
        var series = s_services
            .SelectMany(service => sizes.Select(messages => SeriesName(service, messages)))
            .Select(name => new Series(name, samples[name]))
            .ToList();
        return Report(environment, series, [.. series.Select(one => curves[one.Name])]);

        void Add(string name, int round, (Sample Sample, MemoryWatch Memory) result)
        {
            if (!samples.TryGetValue(name, out var list))
                samples[name] = list = [];
            list.Add(result.Sample);
            curves[name] = new Curve(name, result.Memory.Points);
            environment.Journal.Write($"round {round}, {name}: {result.Sample.Value:N1} MiB at the most, {result.Sample.Counts["messages"]} messages in {result.Sample.Seconds:0.0} s");
        }
    }

    private MeasureReport Report(BenchEnvironment environment, List<Series> series, IReadOnlyList<Curve> curves)
    {
        var (consumer, producer) = (Ratio.Of(series[1], series[0]), Ratio.Of(series[3], series[2]));
        return new MeasureReport(
            Name,
            "Peak resident memory of a new process, with a backlog and with a larger one.",
            "MiB",
            series,
            [consumer, producer],
            [
                string.Create(CultureInfo.InvariantCulture, $"With the larger backlog the consumer needs {series[1].Value.Median:N0} MiB, {consumer.Value - 1:+0.0%;-0.0%} against the smaller one; {MebibytesAllowed:N0} MiB and {GrowthAllowed:+0%} are allowed."),
                "What the operating system has counted as the most (VmHWM on Linux), read five times a second until the process ends.",
                string.Create(CultureInfo.InvariantCulture, $"The consumer works on a backlog to its end, but for no longer than {environment.Options.BacklogSeconds} s; the rest then waits in the topic. The column of counts says how many messages it settled."),
                "With more messages than users, those of a second turn replace a user's charge of the same day: the consumer looks charges up then.",
                "There is no round to warm up: memory is that of a new process in any case.",
            ])
        {
            Curves = curves,
        };
    }

    private static string SeriesName(string service, long messages) => string.Create(CultureInfo.InvariantCulture, $"{service}, {messages:N0} messages");
}
