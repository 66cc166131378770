using System.Globalization;
using System.Text;
using Confluent.Kafka;
using Microsoft.Extensions.Options;
using MovieFriends.Contracts.Rentals;
using MovieFriends.Contracts.Reporting;
using MovieFriends.ServiceDefaults.Hosting;
using MovieFriends.Verifier.Expected;
using MovieFriends.Verifier.Graph;
using MovieFriends.Verifier.Positions;

namespace MovieFriends.Verifier.Rentals;

/// <summary>Reads the topic of the rentals up to the end it has now, and compares the rentals that it makes with those of the graph.</summary>
internal sealed partial class RentalVerifier(
    TopicWatermarks<ParsedRental> watermarks,
    TopicReader<ParsedRental> topic,
    LedgerWait ledgerWait,
    GraphReader graph,
    PositionReport positionReport,
    IOptions<VerifierOptions> options,
    ILogger<RentalVerifier> logger)
{
    // Users asked for in one query.
    private const int UsersPerQuery = 10_000;

    /// <summary>Compares, and says what came out.</summary>
    public async Task<RentalVerification> RunAsync(CancellationToken cancellationToken)
    {
        using var stage = RunTelemetry.Start("verify rentals");
        var partitions = await watermarks.FindPartitionsAsync(cancellationToken);
        var ends = await watermarks.ReadAsync(partitions, cancellationToken);
        var ledger = await ledgerWait.WaitAsync(ends, cancellationToken);
        var comparison = await CompareAsync(ends, cancellationToken);
        var (missing, unknownUsers) = await SortUnseenAsync(comparison.Unseen, cancellationToken);

        // Messages that the topic does not have can have made rentals, too.
        var topicIsAll = ends.Values.All(end => end.Earliest == 0) && !(await graph.ReadTopicsAsync(cancellationToken)).GetValueOrDefault(partitions[0].Topic);
        var surplus = comparison.Surplus.ToList();
        var positions = TopicPositions.Of(ends, ledger, await watermarks.ReadAsync(partitions, cancellationToken));
        var unexpected = topicIsAll ? surplus.Count : 0;
        var report = new RentalVerification(
            comparison.Expected - unknownUsers,
            comparison.Found - (surplus.Count - unexpected),
            missing.Count,
            unexpected,
            positions.Lag,
            missing.Count == 0 && unexpected == 0 && positions.Ok);

        LogTable(logger, Table(report, positions.Partitions, comparison.Malformed, unknownUsers, surplus.Count - unexpected));
        Name("missing from the graph", missing);
        if (topicIsAll)
            Name("in the graph although no message makes them, or more often than messages do", surplus);
        positionReport.Write(positions);
        return report;
    }

    internal static string Table(RentalVerification report, IReadOnlyList<PartitionLag> lags, long malformed, long unknownUsers, long notJudged)
    {
        var text = new StringBuilder("topic of rentals against graph").AppendLine();
        Row("rentals expected", report.Expected);
        Row("rentals found", report.Found);
        Row("missing", report.Missing);
        Row("unexpected", report.Unexpected);
        Row("malformed messages", malformed);
        Row("rentals of unknown users", unknownUsers);
        if (notJudged > 0)
            Row("not judged", notJudged);
        text.Append(PartitionLag.Table(lags));
        return text.ToString().TrimEnd();

        void Row(string name, long value) => text.AppendLine(CultureInfo.InvariantCulture, $"  {name,-26}{value,20:N0}");
    }

    private async Task<RentalComparison> CompareAsync(IReadOnlyDictionary<TopicPartition, (long Earliest, long Latest)> ends, CancellationToken cancellationToken)
    {
        var comparison = new RentalComparison();
        await graph.ReadRentalsAsync(() => (comparison = new RentalComparison()).Visit, cancellationToken);

        // What was written while the graph was read has its message before the ledger's place now.
        var ledger = await graph.ReadLedgerAsync([.. ends.Keys], cancellationToken);
        var now = await watermarks.ReadAsync([.. ends.Keys], cancellationToken);
        await topic.ReadAsync(ends, comparison.Expect, cancellationToken);
        await topic.ReadAsync(ledger.ToDictionary(l => l.Key, l => (ends[l.Key].Latest, Math.Min(l.Value, now[l.Key].Latest))), comparison.Allow, cancellationToken);
        return comparison;
    }

    private async Task<(List<Rental> Missing, long UnknownUsers)> SortUnseenAsync(IEnumerable<Rental> unseen, CancellationToken cancellationToken)
    {
        var (missing, unknown) = (new List<Rental>(), 0L);
        foreach (var some in unseen.Chunk(UsersPerQuery))
        {
            var known = await graph.FindUsersAsync(some.Select(rental => rental.UserId).Distinct(), cancellationToken);
            missing.AddRange(some.Where(rental => known.Contains(rental.UserId)));
            unknown += some.Count(rental => !known.Contains(rental.UserId));
        }

        return (missing, unknown);
    }

    private void Name(string what, List<Rental> rentals)
    {
        if (rentals.Count > 0)
            LogDifference(logger, rentals.Count, what, string.Join(", ", rentals.Take(options.Value.Examples)));
    }

    [LoggerMessage(LogLevel.Information, "{Table}")]
    private static partial void LogTable(ILogger logger, string table);

    [LoggerMessage(LogLevel.Error, "{Count} rentals are {What}, for example {Examples}")]
    private static partial void LogDifference(ILogger logger, int count, string what, string examples);
}
