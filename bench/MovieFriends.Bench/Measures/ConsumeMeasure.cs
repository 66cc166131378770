using System.Globalization;
using MovieFriends.Bench.Candidates;
using MovieFriends.Bench.Environments;
using MovieFriends.Bench.Reporting;
using MovieFriends.Bench.Rounds;

namespace MovieFriends.Bench.Measures;

/// <summary>The consumer beside the algorithm of 2017, and beside what the database takes at the most.</summary>
internal sealed class ConsumeMeasure : IMeasure
{
    private static readonly int[] s_sessions = [1, 2, 4];

    public string Name => "consume";

    public async Task<MeasureReport> RunAsync(BenchEnvironment environment, CancellationToken cancellationToken)
    {
        await environment.FillAsync(cancellationToken);
        var batches = await Task.Run(() => PreparedBatches.Read(environment, environment.MaxBatchSize, cancellationToken), cancellationToken);
        var product = new ProductConsumer(environment, "consumer");
        var old = new Algorithm2017(environment);
        var corrections = new CorrectingConsumer(environment, "consumer, corrections only");
        var onePartition = await OnePartitionAsync(environment, cancellationToken);
        DirectWriter[] limits = [.. s_sessions.Select(sessions => new DirectWriter(environment, batches, sessions, sessions == 1 ? "server's limit, 1 session" : $"server's limit, {sessions} sessions"))];
        ICandidate[] candidates = [product, old, .. limits, corrections, .. onePartition];
        var series = await new Alternation(environment, new ChargeFixture(environment)).RunAsync(candidates, cancellationToken);

        var limit = Of(limits.MaxBy(writer => Of(writer).Value.Median)!);
        var (toOld, toLimit) = (Ratio.Of(Of(product), Of(old)), Ratio.Of(Of(product), limit));
        return new MeasureReport(
            Name,
            "Charges per second over a backlog, from Kafka into the graph.",
            "charges/s",
            series,
            [toOld, toLimit, Ratio.Of(Of(corrections), Of(product)), .. onePartition.Select(consumer => Ratio.Of(Of(consumer), limit))],
            [
                string.Create(CultureInfo.InvariantCulture, $"The consumer is {toOld.Value:0.00} times as fast as 2017, and reaches {toLimit.Value:0%} of the server's limit."),
                "2017 is the article's algorithm: one loop that polls 50,000 messages and then writes them, as strings, in one transaction with MERGE.",
                "The server's limit is the consumer's statement with prepared batches, without Kafka and without the ledger; the best number of sessions is what the consumer is compared with.",
                "The consumer is a new process each time; the others run in the benchmark's process, which is warm.",
                .. onePartition.Length == 0 ? ["This broker makes topics as it likes: a topic with one partition is not measured."] : Array.Empty<string>(),
            ]);

        Series Of(ICandidate candidate) => series[Array.IndexOf(candidates, candidate)];
    }

    private static async Task<ProductConsumer[]> OnePartitionAsync(BenchEnvironment environment, CancellationToken cancellationToken)
    {
        var topic = await FreshTopic.CreateAsync(environment.Variables, "one-partition", 1, cancellationToken);
        if (topic.Partitions != 1)
            return [];

        await environment.ProduceAsync(topic.Name, environment.Options.Messages, cancellationToken);
        return [new ProductConsumer(environment, "consumer, 1 partition", topic.Settings)];
    }
}
