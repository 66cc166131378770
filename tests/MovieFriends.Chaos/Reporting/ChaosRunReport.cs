using System.Globalization;
using MovieFriends.Reports;

namespace MovieFriends.Chaos.Reporting;

/// <summary>A run of the harness as a report that can be drawn.</summary>
internal static class ChaosRunReport
{
    public static RunReport Of(ChaosReport report, TimeSpan length, IEnumerable<FaultSpan> faults, IReadOnlyList<RunSample> samples) => new()
    {
        Title = Text($"Fault harness, seed {report.Seed}"),
        About = Text($"{report.Minutes:0.#} min of faults and {report.CatchUpSeconds:0} s to catch up; Kafka {report.Kafka}, Neo4j {report.Neo4j}; {report.Consumers} consumers at the start."),
        Command = Text($"dotnet moviefriends.cs chaos --minutes {report.Minutes} --seed {report.Seed} --consumers {report.Consumers} --rate {report.Rate} --report FILE.md"),
        IsGood = report.Ok,
        Verdict = report.Ok ? "Nothing missing, nothing doubled." : string.Join(" ", report.UnexpectedEnds.Concat(report.Discrepancies)),
        Length = length,
        FaultsUntil = TimeSpan.FromMinutes(report.Minutes),
        Faults = [.. faults.OrderBy(fault => fault.From)],
        Samples = samples,
        OwnersAre = "who moved the ledger last",
        Counts = ChaosTable.Rows(report),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
