using System.Globalization;
using System.Net;
using System.Text;

namespace MovieFriends.Bench.Reporting.Plots;

/// <summary>A drawing in SVG of a few plain shapes. Lengths are in pixels, from the upper left corner.</summary>
internal sealed class SvgDrawing(int width, int height)
{
    private readonly StringBuilder _shapes = new();

    /// <param name="x">Where it begins, ends or has its middle, as <paramref name="anchor"/> says.</param>
    /// <param name="y">Its base line.</param>
    /// <param name="text">Any text.</param>
    /// <param name="anchor"><c>start</c>, <c>middle</c> or <c>end</c>.</param>
    public void Text(double x, double y, string text, string anchor = "start") =>
        Add($"""<text x="{x:0.#}" y="{y:0.#}" text-anchor="{anchor}">{WebUtility.HtmlEncode(text)}</text>""");

    public void Line(double x1, double y1, double x2, double y2, string colour) =>
        Add($"""<line x1="{x1:0.#}" y1="{y1:0.#}" x2="{x2:0.#}" y2="{y2:0.#}" stroke="{colour}"/>""");

    public void Rectangle(double x, double y, double wide, double high, string colour) =>
        Add($"""<rect x="{x:0.#}" y="{y:0.#}" width="{wide:0.#}" height="{high:0.#}" fill="{colour}"/>""");

    public void Curve(IEnumerable<(double X, double Y)> points, string colour)
    {
        var places = string.Join(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.X:0.#},{point.Y:0.#}")));
        Add($"""<polyline points="{places}" fill="none" stroke="{colour}" stroke-width="1.5"/>""");
    }

    /// <summary>The whole file.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        <svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12">
        <rect width="{width}" height="{height}" fill="white"/>
        {_shapes.ToString().TrimEnd('\n')}
        </svg>

        """).ReplaceLineEndings("\n");

    private void Add(FormattableString shape) => _shapes.Append(shape.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
