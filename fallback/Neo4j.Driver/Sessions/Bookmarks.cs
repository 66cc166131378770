namespace Neo4j.Driver;

/// <summary>Marks of transactions that a later one must see.</summary>
#pragma warning disable CS0618 // the base is obsolete, but callers may name it
public abstract class Bookmarks : Bookmark
#pragma warning restore CS0618
{
    private protected Bookmarks()
    {
    }

    public static Bookmarks operator +(Bookmarks lh, Bookmarks rh) => From([.. lh.Values, .. rh.Values]);

    public static Bookmarks From(params string[] values) => new BookmarkSet(values);

    public static Bookmarks From(IEnumerable<string> values) => new BookmarkSet([.. values]);
}
