using System.Globalization;
using MovieFriends.Bench.Candidates;
using MovieFriends.Bench.Environments;
using MovieFriends.Bench.Pacing;
using MovieFriends.Bench.Reporting;
using MovieFriends.Bench.Rounds;

namespace MovieFriends.Bench.Measures;

/// <summary>How long a charge takes from its event into the graph at a steady rate, beside the algorithm of 2017.</summary>
internal sealed class LatencyMeasure : IMeasure
{
    private const double JudgedRate = 1_000;
    private const double MillisecondsAllowed = 100;
    private const int WarmUp = 0;

    private static readonly double[] s_rates = [10, JudgedRate, 10_000];
    private static readonly double[] s_percentiles = [50, 95, 99];
    private static readonly string[] s_names = [FollowingConsumer.Title, Following2017.Title];
    private static readonly Func<BenchEnvironment, IFollower>[] s_candidates = [environment => new FollowingConsumer(environment), environment => new Following2017(environment)];

    public string Name => "latency";

    public async Task<MeasureReport> RunAsync(BenchEnvironment environment, CancellationToken cancellationToken)
    {
        await environment.SeedAsync(cancellationToken);
        var samples = new Dictionary<string, List<Sample>>();
        foreach (var candidate in environment.Options.WarmUp ? s_candidates : [])
            await RunAsync(environment, candidate, s_rates.Max(), WarmUp, [], cancellationToken);
        for (var round = WarmUp + 1; round <= environment.Options.Rounds; round++)
        {
            foreach (var rate in s_rates)
            {
                for (var i = 0; i < s_candidates.Length; i++)
                    await RunAsync(environment, s_candidates[(round + i) % s_candidates.Length], rate, round, samples, cancellationToken);
            }
        }

        await environment.Charges.ClearAsync(cancellationToken);
        return Report(environment, samples);
    }

    private static async Task RunAsync(
        BenchEnvironment environment, Func<BenchEnvironment, IFollower> candidate, double rate, int round, Dictionary<string, List<Sample>> samples, CancellationToken cancellationToken)
    {
        await using var follower = candidate(environment);
        var window = Window(environment, rate);
        var latencies = await new PacedRun(environment, follower, rate, window).RunAsync(cancellationToken);
        foreach (var percentile in s_percentiles)
        {
            var name = SeriesName(follower.Name, rate, percentile);
            if (!samples.TryGetValue(name, out var series))
                samples[name] = series = [];
            series.Add(new Sample(latencies.Percentile(percentile), window.TotalSeconds, null, new Dictionary<string, long>
            {
                ["messages"] = latencies.Milliseconds.Count,
                ["not in the graph"] = latencies.Unseen,
            }));
        }

        var which = round == WarmUp ? "warm-up" : $"round {round}";
        environment.Journal.Write($"{which}, {follower.Name}, {rate:N0}/s: {string.Join(", ", s_percentiles.Select(p => string.Create(CultureInfo.InvariantCulture, $"p{p} {latencies.Percentile(p):N1} ms")))}; {latencies.Unseen} of {latencies.Milliseconds.Count} messages not in the graph");
    }

    private MeasureReport Report(BenchEnvironment environment, Dictionary<string, List<Sample>> samples)
    {
        var series = s_rates.SelectMany(rate => s_names.SelectMany(name => s_percentiles.Select(p => SeriesName(name, rate, p))))
            .Select(name => new Series(name, samples[name]))
            .ToList();
        var judged = series.Single(one => one.Name == SeriesName(FollowingConsumer.Title, JudgedRate, 99));
        var ratios = s_rates.Select(rate => Ratio.Of(Find(FollowingConsumer.Title, rate), Find(Following2017.Title, rate)));
        return new MeasureReport(
            Name,
            "Milliseconds from the event to the graph, of messages that come at an even rate, each of them of another user.",
            "ms",
            series,
            [.. ratios],
            [
                string.Create(CultureInfo.InvariantCulture, $"At {JudgedRate:N0} messages/s, 99 of 100 messages are in the consumer's graph within {judged.Value.Median:N1} ms; {MillisecondsAllowed:N0} ms are allowed."),
                string.Create(CultureInfo.InvariantCulture, $"Both are measured from outside, by one clock: from the moment at which a message is due to be sent until a reader who asks the graph every {CommitWatch.Interval.TotalMilliseconds:0} ms sees that it is there. What the sender is late by, and the answer's way, are included."),
                string.Create(CultureInfo.InvariantCulture, $"2017 writes nothing until {Algorithm2017.BatchSize:N0} messages have come, which takes {string.Join(", ", s_rates.Select(rate => $"{Algorithm2017.BatchSize / rate:N0} s at {rate:N0}/s"))}."),
                .. Unseen(series),
                .. s_rates.Where(rate => Window(environment, rate).TotalSeconds < environment.Options.Seconds).Select(rate => Shortened(environment, rate)),
                "Each turn begins with messages that do not count, for a quarter of the time of those that do. After those it goes on at the same rate until they are in the graph, but no longer than they took to be sent. Only the highest rate has a turn to warm up.",
            ]);

        Series Find(string name, double rate) => series.Single(one => one.Name == SeriesName(name, rate, 99));
    }

    private static TimeSpan Window(BenchEnvironment environment, double rate)
    {
        var longest = PacedRun.LongestWindow(rate, environment.Options.GraphUsers);
        var wanted = TimeSpan.FromSeconds(environment.Options.Seconds);
        return wanted < longest ? wanted : longest;
    }

    private static string Shortened(BenchEnvironment environment, double rate) => string.Create(
        CultureInfo.InvariantCulture,
        $"At {rate:N0}/s, messages that count were sent for {Window(environment, rate).TotalSeconds:0.00} s instead of {environment.Options.Seconds} s: the graph has no more users.");

    private static IEnumerable<string> Unseen(List<Series> series)
    {
        var names = series
            .Where(one => one.Counts["not in the graph"] > 0 && one.Name.EndsWith("p99", StringComparison.Ordinal))
            .Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Name[..^", p99".Length]} ({one.Counts["not in the graph"]:N0} of {one.Counts["messages"]:N0})"))
            .ToList();
        if (names.Count > 0)
            yield return $"Messages that were not in the graph when the turn ended count with the time that they had waited by then, which is less than they would have taken: {string.Join(", ", names)}. Figures and ratios flatter these.";
    }

    private static string SeriesName(string candidate, double rate, double percentile) =>
        string.Create(CultureInfo.InvariantCulture, $"{candidate}, {rate:N0}/s, p{percentile:0}");
}
