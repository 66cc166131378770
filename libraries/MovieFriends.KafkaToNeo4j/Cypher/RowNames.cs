using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace MovieFriends.KafkaToNeo4j.Cypher;

/// <summary>What a statement reads of its rows. To the database a name that rows do not have is null, and no error.</summary>
internal static partial class RowNames
{
    /// <summary>Warns of names that no row has.</summary>
    /// <param name="cypher">A statement that begins with <c>UNWIND $rows AS r</c>.</param>
    /// <param name="known">What rows have.</param>
    /// <param name="topic">The stream's topic.</param>
    /// <param name="logger">Hears of it.</param>
    public static void Check(string cypher, IReadOnlyCollection<string> known, string topic, ILogger logger)
    {
        var unknown = Find(cypher).Except(known, StringComparer.Ordinal).ToList();
        if (unknown.Count > 0)
            LogUnknown(logger, topic, string.Join(", ", unknown), string.Join(", ", known));
    }

    /// <summary>The names that a statement reads of its rows, each once.</summary>
    public static IEnumerable<string> Find(string cypher)
    {
        var text = IgnoredPattern().Replace(cypher, " ");
        return UnwindPattern().Matches(text)
            .Select(unwind => unwind.Groups["alias"].Value)
            .SelectMany(alias => Regex.Matches(text, $@"(?<![\w.`]){Regex.Escape(alias)}\s*\.\s*(?:(?<name>\w+)|`(?<name>[^`]+)`)", RegexOptions.CultureInvariant))
            .Select(read => read.Groups["name"].Value)
            .Distinct(StringComparer.Ordinal);
    }

    // Texts and comments.
    [GeneratedRegex(@"'(?:[^'\\]|\\.)*'|""(?:[^""\\]|\\.)*""|//[^\r\n]*|/\*.*?\*/", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex IgnoredPattern();

    [GeneratedRegex(@"\bUNWIND\s+(?:\$rows|\{\s*rows\s*\})\s+AS\s+(?<alias>\w+|`[^`]+`)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex UnwindPattern();

    [LoggerMessage(LogLevel.Warning, "The Cypher text for topic {Topic} reads {Names} of its rows, which they do not have: each is null. Rows have {Known}.")]
    private static partial void LogUnknown(ILogger logger, string topic, string names, string known);
}
