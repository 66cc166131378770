namespace MovieFriends.KafkaToNeo4j.Patterns;

/// <summary>Names of labels, types and properties in the text of a statement, where no parameter can be.</summary>
internal static class CypherName
{
    // Words that Neo4j 5 does not take for a label: they mean something in an expression of labels, or after IS.
    private static readonly HashSet<string> s_reserved = new(["NOT", "NULL", "TYPED", "NORMALIZED", "NFC", "NFD", "NFKC", "NFKD"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a name can be in a statement at all.</summary>
    // A backslash is refused because Neo4j replaces \u0060 by a backtick before it looks for the end of a quoted name.
    public static bool IsAllowed(string name) => name.Length > 0 && !name.Any(c => c == '\\' || char.IsControl(c));

    /// <summary>The name as a statement has it: in backticks unless it is of plain letters, digits and underscores, and no reserved word.</summary>
    /// <exception cref="ArgumentException">No quotes make the name safe.</exception>
    public static string Quote(string name)
    {
        if (!IsAllowed(name))
            throw new ArgumentException("A name needs at least one character, and can have neither a backslash nor a control character.", nameof(name));
        return IsPlain(name) ? name : $"`{name.Replace("`", "``", StringComparison.Ordinal)}`";
    }

    private static bool IsPlain(string name) =>
        !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && !s_reserved.Contains(name);
}
