using System.Globalization;

namespace MovieFriends.Reports;

/// <summary>An axis from zero to a highest value, with some five marks at round numbers.</summary>
internal sealed class Scale
{
    private static readonly double[] s_steps = [1, 2, 5, 10];
    private static readonly double[] s_seconds = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200];

    private Scale(double end, double step) => (End, Step) = (end, step);

    /// <summary>The highest value.</summary>
    public double End { get; }

    public double Step { get; }

    public IEnumerable<double> Marks => Enumerable.Range(0, (int)(End / Step + 1e-6) + 1).Select(i => i * Step);

    /// <summary>For whole numbers; ends at a mark.</summary>
    public static Scale ForCounts(double most)
    {
        var rough = Math.Max(most, 1) / 4;
        var power = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(rough, 1))));
        var step = power * s_steps.First(step => step * power >= rough - 1e-9);
        return new Scale(Math.Max(Math.Ceiling((most / step) - 1e-9), 1) * step, step);
    }

    /// <summary>For time; ends where it ends.</summary>
    public static Scale ForTime(TimeSpan length)
    {
        var seconds = Math.Max(length.TotalSeconds, 1);
        return new Scale(seconds, s_seconds.FirstOrDefault(step => seconds / step <= 13, s_seconds[^1] * Math.Ceiling(seconds / s_seconds[^1] / 13)));
    }

    /// <summary>A mark of time: seconds of a short run, minutes and seconds of a long one.</summary>
    public string Time(double seconds) => End <= 300
        ? seconds.ToString("0", CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{(int)(seconds / 60)}:{seconds % 60:00}");

    public string TimeUnit => End <= 300 ? "s" : "min:s";
}
