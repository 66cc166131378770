namespace Neo4j.Driver.Sessions;

/// <summary>Lets each executable query of a driver see what the earlier ones wrote.</summary>
internal sealed class BookmarkManager : IBookmarkManager
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _bookmarks = [];

    public Task UpdateBookmarksAsync(string[] previousBookmarks, string[] newBookmarks, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            _bookmarks.ExceptWith(previousBookmarks);
            _bookmarks.UnionWith(newBookmarks);
        }

        return Task.CompletedTask;
    }

    public Task<string[]> GetBookmarksAsync(CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return Task.FromResult<string[]>([.. _bookmarks]);
        }
    }
}
