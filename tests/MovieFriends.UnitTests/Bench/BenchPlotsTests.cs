using System.Xml.Linq;
using MovieFriends.Bench.Reporting;
using MovieFriends.Bench.Reporting.Plots;
using MovieFriends.Bench.Rounds;
using Xunit;

namespace MovieFriends.UnitTests.Bench;

public sealed class BenchPlotsTests
{
    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Bars_are_as_long_as_the_medians()
    {
        var (file, svg) = Assert.Single(BenchPlots.Of(Measure([], ("half & half", 50), ("whole", 100))));

        Assert.Equal("race.svg", file);
        var lengths = Bars(svg);
        Assert.Equal(lengths[1], 2 * lengths[0], 0.2);
        Assert.Contains("half & half", XDocument.Parse(svg).Descendants(s_svg + "text").Select(text => text.Value));
    }

    [Fact]
    public void Figures_of_different_magnitude_are_on_a_logarithmic_scale()
    {
        var lengths = Bars(BenchPlots.Of(Measure([], ("small", 1), ("middle", 100), ("large", 10_000))).Single().Svg);

        Assert.Equal(lengths[2] - lengths[1], lengths[1] - lengths[0], 0.2);
        Assert.True(lengths[0] > 0);
    }

    [Fact]
    public void What_went_on_over_time_is_a_plot_of_its_own()
    {
        var plots = BenchPlots.Of(Measure([new Curve("one", [new(0, 0), new(10, 5)]), new Curve("other", [new(0, 10)])], ("one", 5))).ToList();

        Assert.Equal(["race.svg", "race-over-time.svg"], plots.Select(plot => plot.File));
        Assert.Equal(["60,300 740,167", "60,34"], XDocument.Parse(plots[1].Svg).Descendants(s_svg + "polyline").Select(curve => curve.Attribute("points")!.Value));
    }

    [Fact]
    public void Without_any_figure_above_zero_there_are_bars_without_length() =>
        Assert.Equal([0], Bars(BenchPlots.Of(Measure([], ("nothing", 0))).Single().Svg));

    private static List<double> Bars(string svg) =>
        [.. XDocument.Parse(svg).Descendants(s_svg + "rect").Skip(1).Select(bar => (double)bar.Attribute("width")!)];

    private static MeasureReport Measure(IReadOnlyList<Curve> curves, params (string Name, double Value)[] series) => new(
        "race",
        "Who is faster.",
        "ms",
        [.. series.Select(one => new Series(one.Name, [new Sample(one.Value, 1, null, new Dictionary<string, long>())]))],
        [],
        ["None."])
    {
        Curves = curves,
    };
}
