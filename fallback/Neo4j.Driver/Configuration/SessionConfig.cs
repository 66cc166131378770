namespace Neo4j.Driver;

/// <summary>The settings of a session; <see cref="SessionConfigBuilder"/> sets them.</summary>
public sealed class SessionConfig
{
    internal SessionConfig()
    {
    }

    /// <summary>Null for the user's home database.</summary>
    public string Database { get; internal set; }

    public AccessMode DefaultAccessMode { get; internal set; } = AccessMode.Write;

    public IEnumerable<Bookmarks> Bookmarks { get; internal set; }

    /// <summary>Null for the driver's.</summary>
    public long? FetchSize { get; internal set; }

    public string ImpersonatedUser { get; internal set; }

    internal IBookmarkManager BookmarkManager { get; set; }
}
