using System.Globalization;
using MovieFriends.Contracts.Reporting;
using Spectre.Console;

namespace MovieFriends.AppHost.Demo;

/// <summary>The tables at the end: this run beside the article of 2017, and what the verifier found.</summary>
internal static class DemoTables
{
    private const double ProducerSecondsIn2017 = 5.06;
    private const double ConsumerSecondsIn2017 = 91.31;
    private const double ProducedPerSecondIn2017 = 197_729;
    private const double ConsumedPerSecondIn2017 = 10_952;

    public static Table Comparison(DemoResult result, ConsumerReport consumer, TimeSpan setUp)
    {
        var table = New("", "2017", "this run", "rate against 2017");
        Row(table, $"set-up", $"\"about an hour\"", $"{setUp.TotalSeconds:0.0} s", $"");
        Row(table, $"graph", $"{1_000_000:N0} users", Graph(result), $"");
        Row(table, $"producer", Rates(ProducerSecondsIn2017, 5.66, ProducedPerSecondIn2017),
            Rates(result.Producer.Seconds, result.Producer.MegabytesPerSecond, result.Producer.MessagesPerSecond),
            $"{result.Producer.MessagesPerSecond / ProducedPerSecondIn2017:0.0} times");
        Row(table, $"consumer", Rates(ConsumerSecondsIn2017, 0.31, ConsumedPerSecondIn2017),
            Rates(consumer.Seconds, consumer.MegabytesPerSecond, consumer.ChargesPerSecond),
            $"{consumer.ChargesPerSecond / ConsumedPerSecondIn2017:0.0} times");
        if (result.Rentals is { } rentals)
            Row(table, $"rentals, at once", $"", $"{rentals.Messages:N0} in {rentals.Seconds:0.00} s, {rentals.MessagesPerSecond:N0} msgs/s", $"");
        return table;
    }

    public static Table Offsets(IReadOnlyList<PartitionOffsets> partitions)
    {
        var table = New("partition", "earliest offset", "latest offset");
        foreach (var partition in partitions)
            Row(table, $"{partition.Partition}", $"{partition.Earliest:N0}", $"{partition.Latest:N0}");
        return table;
    }

    public static Table Verification(VerifierReport verifier)
    {
        var table = New("", "expected", "found", "missing", "unexpected", "amount difference", "lag", "verdict");
        Row(table, $"charges", $"{verifier.Expected:N0}", $"{verifier.Found:N0}", $"{verifier.Missing:N0}", $"{verifier.Unexpected:N0}",
            $"{verifier.AmountDifference:0.00}", $"{verifier.Lag:N0}", $"{Verdict(verifier.Ok)}");
        if (verifier.Rentals is { } rentals)
            Row(table, $"rentals", $"{rentals.Expected:N0}", $"{rentals.Found:N0}", $"{rentals.Missing:N0}", $"{rentals.Unexpected:N0}", $"", $"{rentals.Lag:N0}", $"{Verdict(rentals.Ok)}");
        return table;
    }

    private static string Verdict(bool ok) => ok ? "nothing missing, nothing doubled" : "DIFFERENT";

    private static FormattableString Graph(DemoResult result)
    {
        if (result.Seeder.Skipped)
            return $"{result.Users:N0} users, {result.Knows:N0} KNOWS, there already";
        return $"{result.Users:N0} users, {result.Knows:N0} KNOWS, {result.Seeder.Seconds:0.00} s, {result.Seeder.EntitiesPerSecond:N0} entities/s";
    }

    private static FormattableString Rates(double seconds, double megabytesPerSecond, double perSecond) =>
        $"{seconds:0.00} s, {megabytesPerSecond:0.00} MB/s, {perSecond:N0} msgs/s";

    private static Table New(params string[] columns) => new Table { Border = TableBorder.Simple }.AddColumns(columns);

    private static void Row(Table table, params FormattableString[] cells) =>
        table.AddRow(cells.Select(cell => new Text(cell.ToString(CultureInfo.InvariantCulture))));
}
