namespace Neo4j.Driver;

/// <summary>The former name of <see cref="Bookmarks"/>, which still derives from it.</summary>
[Obsolete("Replaced with Bookmarks. Will be removed in 6.0")]
public abstract class Bookmark
{
    private protected Bookmark()
    {
    }

    public string[] Values { get; protected init; }
}
