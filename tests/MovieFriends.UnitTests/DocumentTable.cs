namespace MovieFriends.UnitTests;

/// <summary>Reads tables of the documentation.</summary>
internal static class DocumentTable
{
    /// <summary>The cells of each row of a table, which is recognised by its head; code marks are left out.</summary>
    public static List<string[]> Read(string document, string head)
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, "docs", document));
        var start = Array.FindIndex(lines, line => line.StartsWith(head, StringComparison.Ordinal));
        return start < 0
            ? throw new InvalidOperationException($"docs/{document} has no table '{head}'.")
            : [.. lines.Skip(start + 2).TakeWhile(line => line.StartsWith('|')).Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim().Replace("`", "", StringComparison.Ordinal)).ToArray())];
    }
}
