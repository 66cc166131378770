namespace MovieFriends.Bench.Reporting.Plots;

/// <summary>Figures over time, a curve for each of whom there are any.</summary>
internal static class CurvePlot
{
    private const int Width = 760;
    private const int Height = 360;
    private const int Left = 60;
    private const int Top = 34;
    private const int Bottom = 300;
    private const int Right = 740;
    private const int Steps = 4;
    private const string Grid = "#d8d8d8";

    private static readonly string[] s_colours = ["#4878a8", "#c05020", "#509050", "#806090", "#a08020", "#606060"];

    public static string Render(MeasureReport measure)
    {
        var points = measure.Curves.SelectMany(curve => curve.Points).ToList();
        var (seconds, most) = (Math.Max(1, points.Max(point => point.Seconds)), Math.Max(1, points.Max(point => point.Value)));
        var drawing = new SvgDrawing(Width, Height);
        drawing.Text(10, 20, $"{measure.Name}: {measure.Unit} over seconds");
        for (var i = 0; i <= Steps; i++)
        {
            var (x, y) = (X(seconds * i / Steps), Y(most * i / Steps));
            drawing.Line(Left, y, Right, y, Grid);
            drawing.Text(Left - 6, y + 4, BenchText.Number(most * i / Steps), "end");
            drawing.Text(x, Bottom + 16, BenchText.Number(seconds * i / Steps), "middle");
        }

        for (var i = 0; i < measure.Curves.Count; i++)
        {
            var colour = s_colours[i % s_colours.Length];
            drawing.Curve(measure.Curves[i].Points.Select(point => (X(point.Seconds), Y(point.Value))), colour);
            Key(drawing, measure.Curves[i].Name, colour, i);
        }

        return drawing.ToString();

        double X(double value) => Left + ((Right - Left) * value / seconds);
        double Y(double value) => Bottom - ((Bottom - Top) * value / most);
    }

    // Two beside each other, below the plot.
    private static void Key(SvgDrawing drawing, string name, string colour, int place)
    {
        var (x, y) = (Left + (place % 2 * 340), Bottom + 36 + (place / 2 * 18));
        drawing.Rectangle(x, y - 9, 10, 10, colour);
        drawing.Text(x + 16, y, name);
    }
}
