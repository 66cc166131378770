namespace MovieFriends.Cli.Testing;

/// <summary>How many tests came out how.</summary>
internal readonly record struct TestCounts(int Passed, int Failed, int Skipped)
{
    public static TestCounts operator +(TestCounts left, TestCounts right) =>
        new(left.Passed + right.Passed, left.Failed + right.Failed, left.Skipped + right.Skipped);

    /// <summary>Only what there is any of.</summary>
    public string Brief()
    {
        (int Count, string What)[] parts = [(Passed, "passed"), (Failed, "failed"), (Skipped, "skipped")];
        return string.Join(", ", parts.Where(part => part.Count > 0).Select(part => $"{part.Count} {part.What}")) is { Length: > 0 } text ? text : "none";
    }

    public override string ToString() => $"{Passed} passed, {Failed} failed{(Skipped > 0 ? $", {Skipped} skipped" : "")}";
}
