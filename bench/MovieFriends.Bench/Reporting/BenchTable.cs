using Spectre.Console;

namespace MovieFriends.Bench.Reporting;

/// <summary>The tables at the end of a run.</summary>
internal static class BenchTable
{
    public static IEnumerable<Table> All(BenchReport report) => report.Measures.SelectMany(Of);

    private static IEnumerable<Table> Of(MeasureReport measure)
    {
        var series = New(BenchText.SeriesColumns(measure), measure.Series.Select(BenchText.Cells));
        series.Title = new TableTitle($"{measure.Name}: {measure.What}");
        yield return series;
        var ratios = measure.Ratios.Count > 0 ? New(BenchText.RatioColumns, measure.Ratios.Select(BenchText.Cells)) : null;
        (ratios ?? series).Caption = new TableTitle(measure.Remarks[0]);
        if (ratios is not null)
            yield return ratios;
    }

    private static Table New(IEnumerable<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new Table { Border = TableBorder.Simple }.AddColumns([.. columns]);
        foreach (var row in rows)
            table.AddRow(row.Select(cell => new Text(cell)));
        return table;
    }
}
