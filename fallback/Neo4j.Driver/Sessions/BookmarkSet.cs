namespace Neo4j.Driver;

internal sealed class BookmarkSet : Bookmarks
{
    public BookmarkSet(string[] values) => Values = values;

    public override bool Equals(object obj) => obj is BookmarkSet other && other.Values.SequenceEqual(Values);

    public override int GetHashCode() => Values.Length == 0 ? 0 : Values[^1].GetHashCode(StringComparison.Ordinal);

    public override string ToString() => string.Join(", ", Values);
}
