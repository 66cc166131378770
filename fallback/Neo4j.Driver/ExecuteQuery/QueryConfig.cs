namespace Neo4j.Driver;

/// <summary>How an executable query runs.</summary>
public class QueryConfig
{
    /// <exception cref="NotSupportedException">A token is given: this build of the driver signs in once per driver.</exception>
    public QueryConfig(
        RoutingControl routing = RoutingControl.Writers,
        string database = null,
        string impersonatedUser = null,
        IBookmarkManager bookmarkManager = null,
        bool enableBookmarkManager = true,
        TransactionConfig transactionConfig = null,
        IAuthToken authToken = null)
    {
        if (authToken is not null)
        {
            throw new NotSupportedException(
                "This build of the driver signs in with the token of the driver alone; for another token per query build with the official Neo4j.Driver package.");
        }

        Routing = routing;
        Database = database;
        ImpersonatedUser = impersonatedUser;
        BookmarkManager = bookmarkManager;
        EnableBookmarkManager = enableBookmarkManager;
        TransactionConfig = transactionConfig ?? TransactionConfig.Default;
    }

    public TransactionConfig TransactionConfig { get; }

    public RoutingControl Routing { get; }

    public string Database { get; }

    public string ImpersonatedUser { get; }

    /// <summary>Null for the driver's own.</summary>
    public IBookmarkManager BookmarkManager { get; }

    /// <summary>Whether the query sees what earlier executable queries of the driver wrote. Default true.</summary>
    public bool EnableBookmarkManager { get; }

    internal SessionConfig ToSessionConfig(IBookmarkManager defaultManager) => new()
    {
        DefaultAccessMode = Routing == RoutingControl.Readers ? AccessMode.Read : AccessMode.Write,
        Database = string.IsNullOrWhiteSpace(Database) ? null : Database,
        ImpersonatedUser = string.IsNullOrWhiteSpace(ImpersonatedUser) ? null : ImpersonatedUser,
        BookmarkManager = EnableBookmarkManager ? BookmarkManager ?? defaultManager : null,
    };
}
