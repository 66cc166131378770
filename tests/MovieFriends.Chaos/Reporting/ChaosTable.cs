using System.Globalization;
using Spectre.Console;

namespace MovieFriends.Chaos.Reporting;

/// <summary>The tables at the end of a run.</summary>
internal static class ChaosTable
{
    public static Table Faults(ChaosReport report)
    {
        var table = New("fault", "times");
        foreach (var (kind, count) in report.Faults)
            Row(table, kind, $"{count}");
        Row(table, "all", $"{report.FaultsTotal}");
        return table;
    }

    public static Table Figures(ChaosReport report)
    {
        var table = New("", $"seed {report.Seed}, {report.Minutes.ToString(CultureInfo.InvariantCulture)} min, Kafka {report.Kafka}, Neo4j {report.Neo4j}");
        Row(table, "restarts", $"{report.Restarts.Values.Sum()}: {string.Join(", ", report.Restarts.Select(r => $"{r.Key} {r.Value}"))}");
        Row(table, "services that ended by themselves", $"{report.UnexpectedEnds.Count}");
        Row(table, "retries", $"{report.Retries:N0}");
        Row(table, "fenced commits", $"{report.FencedBatches:N0}");
        Row(table, "longest stall", $"{report.LongestStall.Seconds:0.0} s");
        Row(table, "longest stall, nothing in the way", $"{report.LongestUnhinderedStall.Seconds:0.0} s");
        Row(table, "slowest end after SIGTERM", $"{report.SlowestEndSeconds:0.0} s");
        Row(table, "caught up after", $"{report.CatchUpSeconds:0.0} s");
        Row(table, "messages", $"{report.Messages:N0}, of them {report.Malformed:N0} malformed, {report.UnknownUsers:N0} of unknown users");
        Row(table, "charges", $"{report.Charges:N0}");
        Row(table, "missing", $"{report.Missing:N0}");
        Row(table, "different", $"{report.Different:N0}");
        Row(table, "unexpected", $"{report.Unexpected:N0}");
        Row(table, "doubled", $"{report.Doubled:N0}");
        Row(table, "dead letters", $"{report.DeadLetters:N0}");
        Row(table, "dead letters missing", $"{report.DeadLettersMissing:N0}");
        Row(table, "dead letters doubled", $"{report.DeadLettersDoubled:N0}");
        Row(table, "dead letters unexpected", $"{report.DeadLettersUnexpected:N0}");
        Row(table, "confirmed, but lost", $"{report.ConfirmedLost:N0}");
        Row(table, "partitions whose ledger is off", $"{report.LedgerOff}");
        Row(table, "rentals", $"{report.Rentals:N0}");
        Row(table, "rentals missing", $"{report.RentalsMissing:N0}");
        Row(table, "rentals doubled", $"{report.RentalsDoubled:N0}");
        Row(table, "the verifier", $"{(report.VerifierContent ? "content" : "NOT CONTENT")}");
        Row(table, "verdict", $"{(report.Ok ? "nothing missing, nothing doubled" : "FAILED")}");
        return table;
    }

    private static Table New(params string[] columns) => new Table { Border = TableBorder.Simple }.AddColumns(columns);

    private static void Row(Table table, string name, FormattableString value) =>
        table.AddRow(new Text(name), new Text(value.ToString(CultureInfo.InvariantCulture)));
}
