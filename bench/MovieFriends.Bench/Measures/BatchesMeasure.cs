using System.Globalization;
using MovieFriends.Bench.Candidates;
using MovieFriends.Bench.Environments;
using MovieFriends.Bench.Reporting;
using MovieFriends.Bench.Rounds;

namespace MovieFriends.Bench.Measures;

/// <summary>What the database takes with batches of several sizes, from some sessions at once: where the defaults of the consumer come from.</summary>
internal sealed class BatchesMeasure : IMeasure
{
    private static readonly int[] s_sizes = [500, 1_000, 2_000, 5_000, 10_000];
    private static readonly int[] s_sessions = [1, 2, 4];

    public string Name => "batches";

    public async Task<MeasureReport> RunAsync(BenchEnvironment environment, CancellationToken cancellationToken)
    {
        await environment.FillAsync(cancellationToken);
        var candidates = new List<DirectWriter>();
        foreach (var size in environment.Options.BatchSize is { } only ? [only] : s_sizes)
        {
            var batches = await Task.Run(() => PreparedBatches.Read(environment, size, cancellationToken), cancellationToken);
            candidates.AddRange(s_sessions.Select(sessions => new DirectWriter(environment, batches, sessions, NameOf(size, sessions))));
        }

        var series = await new Alternation(environment, new ChargeFixture(environment)).RunAsync(candidates, cancellationToken);
        var best = series.MaxBy(one => one.Value.Median)!;
        return new MeasureReport(
            Name,
            "Charges per second that the database takes, with prepared batches of several sizes from some sessions.",
            "charges/s",
            series,
            [.. series.Where(one => one != best).Select(one => Ratio.Of(one, best))],
            [
                $"The fastest are {best.Name}.",
                "The consumer's own statement, without Kafka and without the ledger.",
            ]);
    }

    private static string NameOf(int size, int sessions) =>
        string.Create(CultureInfo.InvariantCulture, $"batches of {size:N0}, {sessions} {(sessions == 1 ? "session" : "sessions")}");
}
