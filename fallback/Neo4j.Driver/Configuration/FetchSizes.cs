namespace Neo4j.Driver;

/// <summary>The range of a fetch size.</summary>
internal static class FetchSizes
{
    public static long Checked(long size) => size > 0 || size == Config.Infinite
        ? size
        : throw new ArgumentOutOfRangeException(nameof(size), size, $"A fetch size is at least 1, or {Config.Infinite} for all records at once.");
}
