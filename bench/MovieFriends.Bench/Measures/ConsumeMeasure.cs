using System.Globalization;
using MovieFriends.Bench.Contestants;
using MovieFriends.Bench.Reporting;
using MovieFriends.Bench.Rounds;
using MovieFriends.Bench.TestBeds;

namespace MovieFriends.Bench.Measures;

/// <summary>The consumer beside the algorithm of 2017, and beside what the database takes at the most.</summary>
internal sealed class ConsumeMeasure : IMeasure
{
    private static readonly int[] s_sessions = [1, 2, 4];

    public string Name => "consume";

    public async Task<MeasureReport> RunAsync(TestBed bed, CancellationToken cancellationToken)
    {
        await bed.FillAsync(cancellationToken);
        var batches = await Task.Run(() => PreparedBatches.Read(bed, cancellationToken), cancellationToken);
        var series = await new Alternation(bed, new ChargeFixture(bed)).RunAsync(
            [new ProductConsumer(bed, "consumer"), new Algorithm2017(bed), .. s_sessions.Select(sessions => new DirectWriter(bed, batches, sessions))],
            cancellationToken);
        var (product, old, limit) = (series[0], series[1], series.Skip(2).MaxBy(s => s.Value.Median)!);
        var (toOld, toLimit) = (Ratio.Of(product, old), Ratio.Of(product, limit));
        return new MeasureReport(
            Name,
            "Charges per second over a backlog, from Kafka into the graph.",
            "charges/s",
            series,
            [toOld, toLimit],
            [
                string.Create(CultureInfo.InvariantCulture, $"The consumer is {toOld.Value:0.00} times as fast as 2017, and reaches {toLimit.Value:0%} of the server's limit."),
                "2017 is the article's algorithm: one loop that polls 50,000 messages and then writes them, as strings, in one transaction with MERGE.",
                "The server's limit is the consumer's statement with prepared batches, without Kafka and without the ledger; the best number of sessions is what the consumer is compared with.",
                "The consumer is a new process each time; the others run in the benchmark's process, which is warm.",
            ]);
    }
}
