using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.ContainerApps;

/// <summary>
/// JSON that stands in a manifest as one string with expressions of the manifest in it. azd replaces the expressions, then runs the text through
/// a template, and then puts it between the quotes of a Bicep string: whatever means something to one of them is written as a code of JSON.
/// </summary>
internal static partial class ManifestJson
{
    private const char MarkStart = '\uE000';
    private const char MarkEnd = '\uE001';

    public static string Object(IEnumerable<KeyValuePair<string, string>> members) =>
        // azd takes a single brace for the start of an expression.
        "{{" + string.Join(',', members.Select(member => $"{Text(member.Key)}:{member.Value}")) + "}}";

    public static string Array(IEnumerable<string> items) => $"[{string.Join(',', items)}]";

    public static string Boolean(bool value) => value ? "true" : "false";

    /// <summary>A string of JSON.</summary>
    /// <param name="value">A text, a number, or something that has an expression in a manifest.</param>
    public static string Text(object? value) => $"\"{Content(value)}\"";

    private static string Content(object? value) => value switch
    {
        null => "",
        string text => Escape(text),
        ReferenceExpression expression => Content(expression),
        IManifestExpressionProvider provider => provider.ValueExpression,
        IFormattable number => Escape(number.ToString(null, CultureInfo.InvariantCulture)),
        _ => Escape($"{value}"),
    };

    private static string Content(ReferenceExpression expression)
    {
        // The marks tell the literal text, in which a brace is a brace, from what is put into it.
        object[] marks = [.. expression.ValueProviders.Select((_, index) => $"{MarkStart}{index}{MarkEnd}")];
        var text = string.Format(CultureInfo.InvariantCulture, expression.Format, marks);
        var content = new StringBuilder();
        foreach (var (part, index) in Marks().Split(text).Select((part, index) => (part, index)))
            content.Append(index % 2 == 0 ? Escape(part) : Provided(expression, int.Parse(part, CultureInfo.InvariantCulture)));
        return content.ToString();
    }

    private static string Provided(ReferenceExpression expression, int index) =>
        expression.ValueProviders[index] is ReferenceExpression nested ? Content(nested) : expression.ManifestExpressions[index];

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            // Two backslashes: one is left of them within a Bicep string.
            if (character is < ' ' or > '~' or '"' or '\'' or '\\' or '$' or '{' or '}')
                escaped.Append(CultureInfo.InvariantCulture, $@"\\u{(int)character:x4}");
            else
                escaped.Append(character);
        }

        return escaped.ToString();
    }

    [GeneratedRegex("\uE000([0-9]+)\uE001")]
    private static partial Regex Marks();
}
