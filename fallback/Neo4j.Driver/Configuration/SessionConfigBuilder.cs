namespace Neo4j.Driver;

/// <summary>Sets what a session does other than by default.</summary>
public sealed class SessionConfigBuilder
{
    private readonly SessionConfig _config;

    internal SessionConfigBuilder(SessionConfig config) => _config = config;

    public static Action<SessionConfigBuilder> ForDatabase(string database) => builder => builder.WithDatabase(database);

    public SessionConfigBuilder WithDatabase(string database)
    {
        if (string.IsNullOrEmpty(database))
        {
            throw new ArgumentNullException(nameof(database));
        }

        _config.Database = database;
        return this;
    }

    public SessionConfigBuilder WithDefaultAccessMode(AccessMode defaultAccessMode)
    {
        _config.DefaultAccessMode = defaultAccessMode;
        return this;
    }

    public SessionConfigBuilder WithBookmarks(params Bookmarks[] bookmarks)
    {
        ArgumentNullException.ThrowIfNull(bookmarks);
        _config.Bookmarks = bookmarks;
        return this;
    }

    /// <param name="size">At least 1, or <see cref="Config.Infinite"/>.</param>
    public SessionConfigBuilder WithFetchSize(long size)
    {
        _config.FetchSize = FetchSizes.Checked(size);
        return this;
    }

    public SessionConfigBuilder WithImpersonatedUser(string impersonatedUser)
    {
        if (string.IsNullOrEmpty(impersonatedUser))
        {
            throw new ArgumentNullException(nameof(impersonatedUser));
        }

        _config.ImpersonatedUser = impersonatedUser;
        return this;
    }

    public SessionConfigBuilder WithBookmarkManager(IBookmarkManager bookmarkManager)
    {
        _config.BookmarkManager = bookmarkManager;
        return this;
    }

    internal SessionConfig Build() => _config;
}
