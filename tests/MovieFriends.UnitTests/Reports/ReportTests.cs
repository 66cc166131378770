using System.Globalization;
using System.Xml.Linq;
using MovieFriends.Reports;
using Xunit;

namespace MovieFriends.UnitTests.Reports;

public sealed class ReportTests
{
    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void What_happened_is_drawn_over_the_same_time()
    {
        var svg = XDocument.Parse(ReportPicture.Draw(Run() with
        {
            Faults = [new("broker: away", At(10), At(20)), new("broker: away", At(50), At(50)), new("graph: away", At(90), At(200))],
            Samples = [Sample(0, 0, 0, ("p 0", "one")), Sample(10, 100, 50, ("p 0", "one")), Sample(20, 100, 150), Sample(30, 250, 0, ("p 0", "two")), Sample(100, 250, 0, ("p 0", "two"))],
        }));

        // A tenth of the time is 70.5 pixels wide; what has no length can be seen, and nothing is drawn outside.
        var faults = OfClass(svg, "fault");
        Assert.Equal([(270.5, 70.5), (552.5, 2.5), (834.5, 70.5)], faults.Select(bar => (Number(bar, "x"), Number(bar, "width"))));
        Assert.Equal([(200, 141), (411.5, 493.5)], OfClass(svg, "o0").Concat(OfClass(svg, "o1")).Where(bar => bar.Element(s_svg + "title") is not null).Select(bar => (Number(bar, "x"), Number(bar, "width"))));
        Assert.Contains("× 2", Texts(svg));
        Assert.Contains("150", Texts(svg));
        Assert.Single(OfClass(svg, "rate"));
        Assert.Single(OfClass(svg, "lag"));
    }

    [Fact]
    public void Whatever_a_name_contains_the_picture_is_XML()
    {
        var name = "a <b> & \"c\" \u0001\uFFFF";
        var svg = XDocument.Parse(ReportPicture.Draw(Run() with
        {
            Title = name, About = name, Verdict = name, Clock = name, OwnersAre = name, Faults = [new(name, At(1), At(2))], Samples = [Sample(1, 1, 1, (name, name))],
        }));

        Assert.Contains("a <b> & \"c\" ", Texts(svg));
    }

    [Fact]
    public void A_run_in_which_nothing_happened_says_so()
    {
        var svg = XDocument.Parse(ReportPicture.Draw(Run() with { Length = TimeSpan.Zero }));

        Assert.Equal(4, Texts(svg).Count(text => text is "No fault." or "Nothing was sampled." or "Lag could not be seen in this run." or "Owners could not be seen in this run."));
        Assert.DoesNotContain("NaN", svg.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void One_sample_is_a_dot()
    {
        var svg = XDocument.Parse(ReportPicture.Draw(Run() with { Samples = [Sample(50, 7, null)] }));

        var dot = Assert.Single(svg.Descendants(s_svg + "circle"));
        Assert.Equal(552.5, Number(dot, "cx"));
        Assert.Contains("Lag could not be seen in this run.", Texts(svg));
    }

    [Fact]
    public void A_long_run_has_minutes_on_its_axis() =>
        Assert.Contains("10:00", Texts(XDocument.Parse(ReportPicture.Draw(Run() with { Length = TimeSpan.FromMinutes(10) }))));

    [Fact]
    public void Numbers_are_the_same_in_every_culture()
    {
        var report = Run() with { Samples = [Sample(0, 0, 0), Sample(33.3, 3_333, 1_234.5), Sample(66.6, 5_555, 0)] };
        var (picture, text) = (ReportPicture.Draw(report), ReportFile.Markdown(report, "a.svg"));
        var (before, other) = (CultureInfo.CurrentCulture, (CultureInfo)CultureInfo.InvariantCulture.Clone());
        (other.NumberFormat.NumberDecimalSeparator, other.NumberFormat.NumberGroupSeparator) = (",", ".");
        try
        {
            CultureInfo.CurrentCulture = other;
            Assert.Equal(picture, ReportPicture.Draw(report));
            Assert.Equal(text, ReportFile.Markdown(report, "a.svg"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void The_text_has_the_verdict_the_counts_and_a_relative_link_to_the_picture_beside_it()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "new", "a run.md");
        ReportFile.Prepare(path);
        ReportFile.Write(path, Run() with { IsGood = false, Verdict = "It broke | here.", Faults = [new("x", At(1), At(1))], Counts = [("a|b", "1,000"), ("c", "<d>\ne")] });

        var text = File.ReadAllText(path);
        Assert.Contains("**FAILED.** It broke \\| here.", text, StringComparison.Ordinal);
        Assert.Contains("(a%20run.svg)", text, StringComparison.Ordinal);
        Assert.Contains("| a\\|b | 1,000 |\n| c | &lt;d> e |\n", text, StringComparison.Ordinal);
        Assert.Contains("| x | 1 |\n", text, StringComparison.Ordinal);
        Assert.NotEmpty(XDocument.Load(Path.Combine(folder.Path, "new", "a run.svg")).Descendants());
    }

    [Fact]
    public void What_cannot_be_written_is_refused_before_the_run()
    {
        using var folder = new TemporaryFolder();

        Assert.Contains(".md", Assert.Throws<InvalidOperationException>(() => ReportFile.Prepare(Path.Combine(folder.Path, "report.txt"))).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => ReportFile.Prepare(folder.Folder("folder.md")));
        Assert.Throws<InvalidOperationException>(() => ReportFile.Prepare(Path.Combine(folder.File("file"), "report.md")));
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(3, 3, 1)]
    [InlineData(7, 8, 2)]
    [InlineData(345, 400, 100)]
    [InlineData(1_999, 2_000, 500)]
    public void An_axis_ends_at_a_round_number_above_the_highest_value(double most, double end, double step)
    {
        var scale = Scale.ForCounts(most);

        Assert.Equal((end, step), (scale.End, scale.Step));
        Assert.Equal(end, scale.Marks.Last());
    }

    private static RunReport Run() => new()
    {
        Title = "A run", About = "It was long.", Command = "run", IsGood = true, Verdict = "All is well.", Length = At(100),
    };

    private static RunSample Sample(double seconds, long settled, double? lag, params (string, string)[] owners) => new(At(seconds), settled, (long?)lag, owners);

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);

    private static List<XElement> OfClass(XDocument svg, string name) => [.. svg.Descendants().Where(shape => (string?)shape.Attribute("class") == name)];

    private static List<string> Texts(XDocument svg) => [.. svg.Descendants(s_svg + "text").Select(text => text.Value)];

    private static double Number(XElement shape, string attribute) => double.Parse(shape.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);
}
