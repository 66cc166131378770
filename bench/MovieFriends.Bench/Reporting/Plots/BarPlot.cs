using MovieFriends.Bench.Rounds;

namespace MovieFriends.Bench.Reporting.Plots;

/// <summary>A bar for the median of each series, with a line from the lowest to the highest figure.</summary>
internal static class BarPlot
{
    private const int Width = 760;
    private const int Row = 22;
    private const int Top = 34;
    private const int Left = 260;
    private const int Longest = 400;
    private const string Bar = "#4878a8";
    private const string Mark = "#202020";

    // Beyond that the smaller ones cannot be told apart on a scale with even steps.
    private const double MostOnLinearScale = 50;

    public static string Render(MeasureReport measure)
    {
        var figures = measure.Series.SelectMany(series => series.Rounds.Select(round => round.Value)).Where(value => value > 0).ToList();
        var (least, most) = figures.Count > 0 ? (figures.Min(), figures.Max()) : (1, 1);
        var isLogarithmic = most / least > MostOnLinearScale;
        var drawing = new SvgDrawing(Width, Top + (Row * measure.Series.Count) + 10);
        drawing.Text(10, 20, $"{measure.Name}: {measure.Unit}, median, lowest to highest{(isLogarithmic ? "; logarithmic scale" : "")}");
        for (var i = 0; i < measure.Series.Count; i++)
            Draw(drawing, measure.Series[i], Top + (Row * i), Length);
        return drawing.ToString();

        double Length(double value) => Math.Max(value, 0) switch
        {
            0 => 0,
            // The smallest figure still has a tenth of a decade.
            var positive when isLogarithmic => Longest * Math.Max(0, Math.Log10(positive / least) + 0.1) / (Math.Log10(most / least) + 0.1),
            var positive => Longest * positive / most,
        };
    }

    private static void Draw(SvgDrawing drawing, Series series, double y, Func<double, double> length)
    {
        var middle = y + (Row / 2.0);
        var spread = series.Value;
        drawing.Text(Left - 8, middle + 4, series.Name, "end");
        drawing.Rectangle(Left, y + 3, length(spread.Median), Row - 6, Bar);
        drawing.Line(Left + length(spread.Least), middle, Left + length(spread.Most), middle, Mark);
        drawing.Text(Left + length(spread.Most) + 6, middle + 4, BenchText.Number(spread.Median));
    }
}
