using Neo4j.Driver.Bolt;
using Neo4j.Driver.Connections;
using Neo4j.Driver.ExecuteQuery;
using Neo4j.Driver.Sessions;

namespace Neo4j.Driver;

/// <summary>A driver for one server.</summary>
internal sealed class DirectDriver : IDriver
{
    private readonly ConnectionPool _pool;
    private readonly RetryPolicy _retry;
    private readonly BookmarkManager _bookmarks = new();
    private bool _disposed;

    public DirectDriver(Config config, bool encrypted, Connector connector, AuthToken token, TimeProvider time)
    {
        Config = config;
        Encrypted = encrypted;
        _pool = new ConnectionPool(connector, token, config, time);
        _retry = new RetryPolicy(config.MaxTransactionRetryTime, config.Logger, time);
    }

    public Config Config { get; }

    public bool Encrypted { get; }

    public IAsyncSession AsyncSession() => AsyncSession(null);

    public IAsyncSession AsyncSession(Action<SessionConfigBuilder> action)
    {
        var builder = new SessionConfigBuilder(new SessionConfig());
        action?.Invoke(builder);
        return NewSession(builder.Build());
    }

    public IExecutableQuery<IRecord, IRecord> ExecutableQuery(string cypher) =>
        new ExecutableQuery<IRecord>(this, new Query(cypher), new QueryConfig(), record => record);

    public async Task<IServerInfo> GetServerInfoAsync()
    {
        var connection = await _pool.AcquireAsync().ConfigureAwait(false);
        try
        {
            await connection.ResetAsync().ConfigureAwait(false);
            return connection.Server;
        }
        finally
        {
            await _pool.ReleaseAsync(connection).ConfigureAwait(false);
        }
    }

    public Task VerifyConnectivityAsync() => GetServerInfoAsync();

    public async Task<bool> TryVerifyConnectivityAsync()
    {
        try
        {
            await VerifyConnectivityAsync().ConfigureAwait(false);
            return true;
        }
        catch (Exception error) when (error is Neo4jException or NotSupportedException or ObjectDisposedException)
        {
            return false;
        }
    }

    public async Task<bool> SupportsMultiDbAsync()
    {
        var connection = await _pool.AcquireAsync().ConfigureAwait(false);
        var supported = connection.Version >= BoltVersion.V4_0;
        await _pool.ReleaseAsync(connection).ConfigureAwait(false);
        return supported;
    }

    public Task CloseAsync() => DisposeAsync().AsTask();

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    public ValueTask DisposeAsync()
    {
        _disposed = true;
        return _pool.DisposeAsync();
    }

    /// <summary>Runs a query in a managed transaction of its own.</summary>
    public async Task<EagerResult<T>> ExecuteAsync<T>(
        Query query,
        QueryConfig config,
        Func<IResultCursor, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken)
    {
        var session = NewSession(config.ToSessionConfig(_bookmarks));
        await using (session.ConfigureAwait(false))
        {
            return await session.ExecuteAsync(
                session.SessionConfig.DefaultAccessMode,
                async transaction =>
                {
                    var cursor = await transaction.RunAsync(query).ConfigureAwait(false);
                    var keys = await cursor.KeysAsync().ConfigureAwait(false);
                    var result = await read(cursor, cancellationToken).ConfigureAwait(false);
                    var summary = await cursor.ConsumeAsync().ConfigureAwait(false);
                    return new EagerResult<T>(result, summary, keys);
                },
                config.TransactionConfig).ConfigureAwait(false);
        }
    }

    private AsyncSession NewSession(SessionConfig config)
    {
        ObjectDisposedException.ThrowIf(_disposed, typeof(IDriver));
        return new AsyncSession(config, _pool, _retry, Config);
    }
}
