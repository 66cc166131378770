namespace Neo4j.Driver;

/// <summary>The connections to one server. Safe for concurrent use; dispose it when the application ends.</summary>
public interface IDriver : IDisposable, IAsyncDisposable
{
    Config Config { get; }

    /// <summary>Whether connections use TLS.</summary>
    bool Encrypted { get; }

    IAsyncSession AsyncSession();

    IAsyncSession AsyncSession(Action<SessionConfigBuilder> action);

    [Obsolete("Replaced by DisposeAsync")]
    Task CloseAsync();

    /// <exception cref="Neo4jException">The server cannot be reached, or refuses the user.</exception>
    Task<IServerInfo> GetServerInfoAsync();

    /// <returns>False where <see cref="VerifyConnectivityAsync"/> throws.</returns>
    Task<bool> TryVerifyConnectivityAsync();

    /// <summary>Asks the server for an answer.</summary>
    /// <exception cref="Neo4jException">The server cannot be reached, or refuses the user.</exception>
    Task VerifyConnectivityAsync();

    Task<bool> SupportsMultiDbAsync();

    /// <summary>A query that runs in a managed transaction of its own and gives all records at once.</summary>
    IExecutableQuery<IRecord, IRecord> ExecutableQuery(string cypher);
}
