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
            table.AddRow(kind, Invariant($"{count}"));
        table.AddRow("all", Invariant($"{report.FaultsTotal}"));
        return table;
    }

    public static Table Figures(ChaosReport report)
    {
        var table = New("", $"seed {report.Seed}, {report.Minutes.ToString(CultureInfo.InvariantCulture)} min, Kafka {report.Kafka}, Neo4j {report.Neo4j}");
        foreach (var (name, value) in Rows(report))
            table.AddRow(new Text(name), new Text(value));
        return table;
    }

    /// <summary>The figures, in words.</summary>
    public static IReadOnlyList<(string Name, string Value)> Rows(ChaosReport report) =>
    [
        ("restarts", Invariant($"{report.Restarts.Values.Sum()}: {string.Join(", ", report.Restarts.Select(r => $"{r.Key} {r.Value}"))}")),
        ("services that ended by themselves", Invariant($"{report.UnexpectedEnds.Count}")),
        ("retries", Invariant($"{report.Retries:N0}")),
        ("fenced commits", Invariant($"{report.FencedBatches:N0}")),
        ("longest stall", Invariant($"{report.LongestStall.Seconds:0.0} s")),
        ("longest stall, nothing in the way", Invariant($"{report.LongestUnhinderedStall.Seconds:0.0} s")),
        ("slowest end after SIGTERM", Invariant($"{report.SlowestEndSeconds:0.0} s")),
        ("caught up after", Invariant($"{report.CatchUpSeconds:0.0} s")),
        ("messages", Invariant($"{report.Messages:N0}, of them {report.Malformed:N0} malformed, {report.UnknownUsers:N0} of unknown users")),
        ("charges", Invariant($"{report.Charges:N0}")),
        ("missing", Invariant($"{report.Missing:N0}")),
        ("different", Invariant($"{report.Different:N0}")),
        ("unexpected", Invariant($"{report.Unexpected:N0}")),
        ("doubled", Invariant($"{report.Doubled:N0}")),
        ("dead letters", Invariant($"{report.DeadLetters:N0}")),
        ("dead letters missing", Invariant($"{report.DeadLettersMissing:N0}")),
        ("dead letters doubled", Invariant($"{report.DeadLettersDoubled:N0}")),
        ("dead letters unexpected", Invariant($"{report.DeadLettersUnexpected:N0}")),
        ("confirmed, but lost", Invariant($"{report.ConfirmedLost:N0}")),
        ("partitions whose ledger is off", Invariant($"{report.LedgerOff}")),
        ("rentals", Invariant($"{report.Rentals:N0}")),
        ("rentals missing", Invariant($"{report.RentalsMissing:N0}")),
        ("rentals doubled", Invariant($"{report.RentalsDoubled:N0}")),
        ("the verifier", Invariant($"{(report.VerifierContent ? "content" : "NOT CONTENT")}")),
        ("verdict", Invariant($"{(report.Ok ? "nothing missing, nothing doubled" : "FAILED")}")),
    ];

    private static Table New(params string[] columns) => new Table { Border = TableBorder.Simple }.AddColumns(columns);

    private static string Invariant(FormattableString value) => value.ToString(CultureInfo.InvariantCulture);
}
