using System.Globalization;
using MovieFriends.Bench.Candidates;
using MovieFriends.Bench.Environments;
using MovieFriends.Bench.Reporting;
using MovieFriends.Bench.Rounds;

namespace MovieFriends.Bench.Measures;

/// <summary>How soon something is committed again after a kill.</summary>
internal sealed class RecoverMeasure : IMeasure
{
    private const double MostPerSecond = 1_000;

    // A round is over by then; there must be a user for each message until it is.
    private const double SecondsOfARound = 120;

    public string Name => "recover";

    /// <exception cref="InvalidOperationException">The database is not this run's own.</exception>
    public async Task<MeasureReport> RunAsync(BenchEnvironment environment, CancellationToken cancellationToken)
    {
        var server = environment.GraphServer ?? throw new InvalidOperationException("The database is not this run's own: it is not killed.");
        await environment.SeedAsync(cancellationToken);
        var rate = Math.Min(MostPerSecond, Math.Max(1, environment.Options.GraphUsers / SecondsOfARound));
        var rounds = new List<RecoveryTimes>();
        for (var round = 1; round <= environment.Options.Rounds; round++)
        {
            var times = await new RecoveryRun(environment, server, rate).RunAsync(cancellationToken);
            environment.Journal.Write($"round {round}: consumer {times.Consumer:0.0} s, Neo4j {times.Graph:0.0} s, of it {times.GraphAnswers:0.0} s until it answers; {times.Charges} charges, each once");
            rounds.Add(times);
        }

        await environment.Charges.ClearAsync(cancellationToken);
        return new MeasureReport(
            Name,
            "Seconds from a kill to the next commit, while messages come.",
            "s",
            [
                Series("consumer killed, until its successor commits", times => times.Consumer),
                Series("Neo4j killed, until the consumer commits", times => times.Graph),
                Series("Neo4j killed, until it answers", times => times.GraphAnswers),
            ],
            [],
            [
                string.Create(CultureInfo.InvariantCulture, $"In all {rounds.Count} rounds each message was in the graph exactly once in the end."),
                string.Create(CultureInfo.InvariantCulture, $"SIGKILL, while {rate:0.#} messages come in a second; what was killed is started again at once, and that counts. The ledger tells who committed, and when; it is looked at twenty times a second."),
                "The broker gives a killed consumer's partitions to the next one only when the session of the first has run out: that is most of its time.",
                "There is no round to warm up.",
            ]);

        Series Series(string name, Func<RecoveryTimes, double> seconds) => new(
            name, [.. rounds.Select(times => new Sample(seconds(times), seconds(times), null, new Dictionary<string, long> { ["charges"] = times.Charges }))]);
    }
}
