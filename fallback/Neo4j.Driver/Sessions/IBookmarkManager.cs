namespace Neo4j.Driver;

/// <summary>Hands bookmarks from one session to the next.</summary>
public interface IBookmarkManager
{
    Task UpdateBookmarksAsync(
        string[] previousBookmarks,
        string[] newBookmarks,
        CancellationToken cancellationToken = default);

    Task<string[]> GetBookmarksAsync(CancellationToken cancellationToken = default);
}
