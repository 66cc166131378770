namespace MovieFriends.Bench.Reporting.Plots;

/// <summary>The plots of a measure, as files beside the report.</summary>
internal static class BenchPlots
{
    /// <returns>Name of the file, and its content.</returns>
    public static IEnumerable<(string File, string Svg)> Of(MeasureReport measure)
    {
        yield return ($"{measure.Name}.svg", BarPlot.Render(measure));
        if (measure.Curves.Any(curve => curve.Points.Count > 0))
            yield return ($"{measure.Name}-over-time.svg", CurvePlot.Render(measure));
    }
}
