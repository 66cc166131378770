using System.Globalization;
using System.Text;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Collects what a <see cref="ReferenceExpression"/> is made of.</summary>
internal sealed class ReferenceExpressionParts(int literalLength = 0, int formattedCount = 0)
{
    public const string UriFormat = "uri";

    private readonly StringBuilder _format = new(literalLength + 4 * formattedCount);
    private readonly List<IValueProvider> _providers = new(formattedCount);
    private readonly List<string> _manifestExpressions = new(formattedCount);
    private readonly List<string?> _stringFormats = new(formattedCount);

    public bool IsEmpty => _format.Length == 0;

    public void AppendText(string? value, string? format = null)
    {
        if (value is null)
            return;
        CheckFormat(format);
        var text = format == UriFormat ? Uri.EscapeDataString(value) : value;
        _format.Append(text.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));
    }

    public void AppendValue(object value, string? format)
    {
        CheckFormat(format);
        // An expression of one's own kind is unfolded, so that the manifest names the parts.
        if (value is ReferenceExpression expression && format is null)
        {
            Unfold(expression);
            return;
        }
        _format.Append(CultureInfo.InvariantCulture, $"{{{_providers.Count}}}");
        _providers.Add((IValueProvider)value);
        _manifestExpressions.Add(((IManifestExpressionProvider)value).ValueExpression);
        _stringFormats.Add(format);
    }

    public ReferenceExpression Build() =>
        ReferenceExpression.Create(_format.ToString(), [.. _providers], [.. _manifestExpressions], [.. _stringFormats]);

    private void Unfold(ReferenceExpression expression)
    {
        var places = new string[expression.ValueProviders.Count];
        for (var i = 0; i < places.Length; i++)
            places[i] = $"{{{_providers.Count + i}}}";
        // Doubled braces of the literal parts must survive the formatting that moves the places.
        var doubled = expression.Format.Replace("{{", "{{{{", StringComparison.Ordinal).Replace("}}", "}}}}", StringComparison.Ordinal);
        _format.Append(string.Format(CultureInfo.InvariantCulture, doubled, places));
        _providers.AddRange(expression.ValueProviders);
        _manifestExpressions.AddRange(expression.ManifestExpressions);
        _stringFormats.AddRange(expression.StringFormats);
    }

    private static void CheckFormat(string? format)
    {
        if (format is not (null or UriFormat))
            throw new FormatException($"The format '{format}' is not known; '{UriFormat}' is.");
    }
}
