using System.Text;
using MovieFriends.Bench.Reporting.Plots;

namespace MovieFriends.Bench.Reporting;

/// <summary>The report as a page of Markdown.</summary>
internal static class BenchMarkdown
{
    private const string FileName = "bench.md";

    /// <summary>Writes the page and its plots into a folder, which is made if it is not there.</summary>
    /// <returns>The page's path.</returns>
    public static async Task<string> SaveAsync(BenchReport report, string folder, CancellationToken cancellationToken)
    {
        var path = Path.Combine(Directory.CreateDirectory(folder).FullName, FileName);
        foreach (var (file, svg) in report.Measures.SelectMany(BenchPlots.Of))
            await File.WriteAllTextAsync(Path.Combine(folder, file), svg, cancellationToken);
        await File.WriteAllTextAsync(path, Render(report), cancellationToken);
        return path;
    }

    public static string Render(BenchReport report)
    {
        var page = new StringBuilder();
        Paragraph(page, "# Benchmarks");
        Paragraph(page, BenchText.Circumstances(report));
        foreach (var measure in report.Measures)
        {
            Paragraph(page, $"## {measure.Name}");
            Paragraph(page, measure.What);
            Table(page, BenchText.SeriesColumns(measure), measure.Series.Select(BenchText.Cells));
            if (measure.Ratios.Count > 0)
                Table(page, BenchText.RatioColumns, measure.Ratios.Select(BenchText.Cells));
            foreach (var (file, _) in BenchPlots.Of(measure))
                Paragraph(page, $"![{Path.GetFileNameWithoutExtension(file)}]({file})");
            foreach (var remark in measure.Remarks)
                Line(page, $"- {remark}");
            Line(page, "");
        }

        return page.ToString().TrimEnd('\n') + "\n";
    }

    private static void Table(StringBuilder page, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        Row(page, columns);
        Row(page, columns.Select(_ => "---"));
        foreach (var row in rows)
            Row(page, row);
        Line(page, "");
    }

    private static void Row(StringBuilder page, IEnumerable<string> cells) => Line(page, $"| {string.Join(" | ", cells)} |");

    private static void Paragraph(StringBuilder page, string text)
    {
        Line(page, text);
        Line(page, "");
    }

    // Not AppendLine: the page is the same on every system.
    private static void Line(StringBuilder page, string text) => page.Append(text).Append('\n');
}
