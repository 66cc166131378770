using System.Globalization;
using MovieFriends.Bench.Candidates;
using MovieFriends.Bench.Environments;
using MovieFriends.Bench.Reporting;
using MovieFriends.Bench.Rounds;

namespace MovieFriends.Bench.Measures;

/// <summary>The seeder beside what the database takes at the most.</summary>
internal sealed class SeedMeasure : IMeasure
{
    private const double LeastToLimit = 0.85;

    private static readonly int[] s_sessions = [1, 2, 4];

    public string Name => "seed";

    public async Task<MeasureReport> RunAsync(BenchEnvironment environment, CancellationToken cancellationToken)
    {
        var components = PreparedUsers.Generate(environment.Options.GraphUsers);
        var series = await new Alternation(environment, new SeedFixture(environment)).RunAsync(
            [new ProductSeeder(environment), .. s_sessions.Select(sessions => new DirectSeeder(environment, components, sessions))],
            cancellationToken);
        var limit = series.Skip(1).MaxBy(s => s.Value.Median)!;
        var toLimit = Ratio.Of(series[0], limit);
        return new MeasureReport(
            Name,
            "Users and relationships per second into an empty graph that has its constraints.",
            "entities/s",
            series,
            [toLimit],
            [
                string.Create(CultureInfo.InvariantCulture, $"The seeder reaches {toLimit.Value:0%} of the server's limit; at least {LeastToLimit:0%} is wanted."),
                "The server's limit is the seeder's statements with prepared batches, without its ledger; the best number of sessions is what the seeder is compared with.",
                "The seeder is a new process each time, and counts from its first question to the server to its last; the others run in the benchmark's process, which is warm.",
            ]);
    }
}
