namespace Neo4j.Driver;

/// <summary>Marks of transactions that a later one must see.</summary>
public abstract class Bookmarks
{
    private protected Bookmarks()
    {
    }

    public string[] Values { get; protected init; }

    public static Bookmarks operator +(Bookmarks lh, Bookmarks rh) => From([.. lh.Values, .. rh.Values]);

    public static Bookmarks From(params string[] values) => new BookmarkSet(values);

    public static Bookmarks From(IEnumerable<string> values) => new BookmarkSet([.. values]);
}
