using System.Globalization;
using MovieFriends.Bench.Candidates;
using MovieFriends.Bench.Environments;
using MovieFriends.Bench.Reporting;
using MovieFriends.Bench.Rounds;

namespace MovieFriends.Bench.Measures;

/// <summary>A stream of a record and a Cypher text, beside what the database takes of the same statement, and beside a plain loop.</summary>
internal sealed class RentalsMeasure : IMeasure
{
    private static readonly int[] s_sessions = [1, 2, 4];

    public string Name => "rentals";

    public async Task<MeasureReport> RunAsync(BenchEnvironment environment, CancellationToken cancellationToken)
    {
        environment.Journal.Write($"{environment.Options.GraphUsers:N0} users, {environment.Options.Messages:N0} rentals");
        await environment.SeedAsync(cancellationToken);
        var topic = await RentalTopic.FillAsync(environment, cancellationToken);
        var batches = await Task.Run(() => topic.ReadBatches(environment, cancellationToken), cancellationToken);
        var product = new RentalConsumer(environment, topic);
        var loop = new RentalLoop(environment, topic);
        RentalWriter[] limits = [.. s_sessions.Select(sessions => new RentalWriter(environment, batches, sessions))];
        ICandidate[] candidates = [product, loop, .. limits];
        var series = await new Alternation(environment, new RentalFixture(environment)).RunAsync(candidates, cancellationToken);

        var (toLoop, toLimit) = (Ratio.Of(Of(product), Of(loop)), Ratio.Of(Of(product), Of(limits.MaxBy(writer => Of(writer).Value.Median)!)));
        return new MeasureReport(
            Name,
            "Rentals per second over a backlog, from Kafka into the graph: JSON, a record and a Cypher text.",
            "rentals/s",
            series,
            [toLoop, toLimit],
            [
                string.Create(CultureInfo.InvariantCulture, $"The consumer reaches {toLimit.Value:0%} of the server's limit and is {toLoop.Value:0.00} times as fast as a plain loop."),
                "The server's limit is the consumer's statement with prepared batches, without Kafka and without the ledger; the best number of sessions is what the consumer is compared with.",
                "The plain loop polls 1,000 messages, writes them in one transaction and commits the offsets then: a crash in between doubles rentals.",
                "The consumer is a new process each time; the others run in the benchmark's process, which is warm.",
            ]);

        Series Of(ICandidate candidate) => series[Array.IndexOf(candidates, candidate)];
    }
}
