using System.Globalization;
using System.Xml.Linq;

namespace MovieFriends.Reports;

/// <summary>A picture under construction: what is behind, and what is before it. Lengths are in pixels, from the upper left corner.</summary>
internal sealed class Svg
{
    // Classes instead of variables, which not every reader of SVG knows. It has a background of its own, so that it can be read on any page.
    private const string Style = """
        text { font: 12px system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; fill: #1f2328 }
        .title { font-size: 17px; font-weight: 600 }
        .head { font-weight: 600 }
        .quiet { fill: #59636e; font-size: 11px }
        .in { fill: #1f2328; font-size: 10px }
        .page { fill: #ffffff }
        .panel { fill: #f6f8fa }
        .grid { stroke: #d8dee4 }
        .mark { stroke: #59636e; stroke-dasharray: 4 3 }
        .fault { fill: #d1242f; fill-opacity: .8 }
        .rate { stroke: #0969da; fill: none; stroke-width: 1.5; stroke-linejoin: round }
        .lag { stroke: #9a6700; fill: none; stroke-width: 1.5; stroke-linejoin: round }
        .below-rate { fill: #0969da; fill-opacity: .16 }
        .below-lag { fill: #bf8700; fill-opacity: .2 }
        .good { fill: #1a7f37; font-weight: 600 }
        .bad { fill: #d1242f; font-weight: 600 }
        .o0 { fill: #8ab6e8 } .o1 { fill: #ffb76b } .o2 { fill: #8fd08a } .o3 { fill: #f4949b } .o4 { fill: #cfa8dd }
        .o5 { fill: #8fd6d0 } .o6 { fill: #f0d667 } .o7 { fill: #c9ab98 } .o8 { fill: #f7b6d2 } .o9 { fill: #b9c46a }
        @media (prefers-color-scheme: dark) {
          text { fill: #e6edf3 } .quiet { fill: #9198a1 } .in { fill: #1f2328 }
          .page { fill: #0d1117 } .panel { fill: #161b22 } .grid { stroke: #30363d } .mark { stroke: #9198a1 }
          .fault { fill: #f85149 } .rate { stroke: #4493f8 } .lag { stroke: #d29922 } .below-rate { fill: #4493f8 } .below-lag { fill: #d29922 }
          .good { fill: #3fb950 } .bad { fill: #f85149 }
        }
        """;

    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    private readonly List<XElement> _behind = [];
    private readonly List<XElement> _before = [];

    public void Panel(double x, double y, double width, double height) => _behind.Add(Rectangle("panel", x, y, width, height));

    public void Grid(double x1, double y1, double x2, double y2, string style = "grid") =>
        _behind.Add(Shape("line", style, ("x1", x1), ("y1", y1), ("x2", x2), ("y2", y2)));

    /// <param name="style">Its class.</param>
    /// <param name="x">Its left side.</param>
    /// <param name="y">Its top.</param>
    /// <param name="width">How wide.</param>
    /// <param name="height">How high.</param>
    /// <param name="title">What a pointer over it shows.</param>
    public void Bar(string style, double x, double y, double width, double height, string? title = null)
    {
        var bar = Rectangle(style, x, y, width, height);
        if (title is not null)
            bar.Add(new XElement(s_svg + "title", Clean(title)));
        _before.Add(bar);
    }

    public void Dot(string style, double x, double y) => _before.Add(Shape("circle", style, ("cx", x), ("cy", y), ("r", 2.5)));

    public void Path(string style, IEnumerable<(double X, double Y)> points, bool isClosed = false)
    {
        var places = string.Join('L', points.Select(point => $"{Number(point.X)} {Number(point.Y)}"));
        _before.Add(new XElement(s_svg + "path", new XAttribute("class", style), new XAttribute("d", $"M{places}{(isClosed ? "Z" : "")}")));
    }

    /// <param name="style">Its class.</param>
    /// <param name="x">Where it begins, ends or has its middle, as <paramref name="anchor"/> says.</param>
    /// <param name="y">Its base line.</param>
    /// <param name="text">Any text.</param>
    /// <param name="anchor"><c>start</c>, <c>middle</c> or <c>end</c>.</param>
    public void Text(string style, double x, double y, string text, string anchor = "start")
    {
        var shape = Shape("text", style, ("x", x), ("y", y));
        shape.Add(new XAttribute("text-anchor", anchor), Clean(text));
        _before.Add(shape);
    }

    /// <summary>The whole file.</summary>
    public string ToString(double width, double height, string title) => new XElement(
        s_svg + "svg",
        new XAttribute("viewBox", $"0 0 {Number(width)} {Number(height)}"),
        new XAttribute("width", Number(width)),
        new XAttribute("height", Number(height)),
        new XAttribute("role", "img"),
        new XElement(s_svg + "title", Clean(title)),
        new XElement(s_svg + "style", Style.ReplaceLineEndings("\n")),
        Rectangle("page", 0, 0, width, height),
        _behind,
        _before).ToString().ReplaceLineEndings("\n") + "\n";

    private static XElement Rectangle(string style, double x, double y, double width, double height) =>
        Shape("rect", style, ("x", x), ("y", y), ("width", width), ("height", height));

    private static XElement Shape(string name, string style, params ReadOnlySpan<(string Name, double Value)> places)
    {
        var shape = new XElement(s_svg + name, new XAttribute("class", style));
        foreach (var (attribute, value) in places)
            shape.Add(new XAttribute(attribute, Number(value)));
        return shape;
    }

    // What XML cannot say at all would be an error.
    private static string Clean(string text) => string.Concat(text.Where(letter => !char.IsControl(letter) && !char.IsSurrogate(letter) && letter < '\uFFFE'));

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
