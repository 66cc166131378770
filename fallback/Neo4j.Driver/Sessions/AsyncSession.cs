using Neo4j.Driver.Bolt;
using Neo4j.Driver.Connections;
using Neo4j.Driver.Results;

namespace Neo4j.Driver.Sessions;

/// <summary>Holds a connection only while a transaction is open or a result is being read.</summary>
internal sealed class AsyncSession(SessionConfig config, ConnectionPool pool, RetryPolicy retry, Config driverConfig)
    : AsyncQueryRunner, IAsyncSession, IResultOwner
{
    private readonly long _fetchSize = config.FetchSize ?? driverConfig.FetchSize;
    private BoltConnection _connection;
    private AsyncTransaction _transaction;
    private ResultCursor _result;
    private bool _closed;

    public Bookmarks LastBookmarks { get; private set; } = config.Bookmarks is null
        ? null
        : Bookmarks.From(config.Bookmarks.Where(bookmarks => bookmarks is not null).SelectMany(bookmarks => bookmarks.Values).Distinct());

    public SessionConfig SessionConfig => config;

    Exception IResultOwner.Failure => null;

    public override Task<IResultCursor> RunAsync(Query query) => RunAsync(query, null);

    public Task<IResultCursor> RunAsync(string query, Action<TransactionConfigBuilder> action = null) =>
        RunAsync(new Query(query), action);

    public Task<IResultCursor> RunAsync(
        string query, IDictionary<string, object> parameters, Action<TransactionConfigBuilder> action = null) =>
        RunAsync(new Query(query, parameters), action);

    public async Task<IResultCursor> RunAsync(Query query, Action<TransactionConfigBuilder> action = null)
    {
        ArgumentNullException.ThrowIfNull(query);
        var start = await StartAsync(config.DefaultAccessMode, Build(action)).ConfigureAwait(false);
        var connection = _connection;
        var result = new ResultCursor(connection, this, query, _fetchSize);
        try
        {
            connection.Request.Run(query, start, result);
            connection.Request.Pull(_fetchSize, -1, result);
            await connection.FlushAsync().ConfigureAwait(false);
        }
        catch
        {
            await ReleaseAsync().ConfigureAwait(false);
            throw;
        }

        _result = result;
        return result;
    }

    public Task<IAsyncTransaction> BeginTransactionAsync() => BeginTransactionAsync(null);

    public async Task<IAsyncTransaction> BeginTransactionAsync(Action<TransactionConfigBuilder> action)
    {
        var transaction = await NewTransactionAsync(config.DefaultAccessMode, Build(action)).ConfigureAwait(false);
        await transaction.BeginAsync().ConfigureAwait(false);
        return transaction;
    }

    public Task<TResult> ExecuteReadAsync<TResult>(
        Func<IAsyncQueryRunner, Task<TResult>> work, Action<TransactionConfigBuilder> action = null) =>
        ExecuteAsync(AccessMode.Read, work, Build(action));

    public Task ExecuteReadAsync(Func<IAsyncQueryRunner, Task> work, Action<TransactionConfigBuilder> action = null) =>
        ExecuteAsync(AccessMode.Read, WithoutResult(work), Build(action));

    public Task<TResult> ExecuteWriteAsync<TResult>(
        Func<IAsyncQueryRunner, Task<TResult>> work, Action<TransactionConfigBuilder> action = null) =>
        ExecuteAsync(AccessMode.Write, work, Build(action));

    public Task ExecuteWriteAsync(Func<IAsyncQueryRunner, Task> work, Action<TransactionConfigBuilder> action = null) =>
        ExecuteAsync(AccessMode.Write, WithoutResult(work), Build(action));

    /// <summary>Runs work in a managed transaction with settings that are already built.</summary>
    public Task<T> ExecuteAsync<T>(AccessMode mode, Func<IAsyncQueryRunner, Task<T>> work, TransactionConfig transactionConfig)
    {
        ArgumentNullException.ThrowIfNull(work);
        return retry.RunAsync(() => ExecuteOnceAsync(mode, work, transactionConfig));
    }

    public async Task CloseAsync()
    {
        if (_closed)
        {
            return;
        }

        _closed = true;
        try
        {
            if (_transaction is not null)
            {
                await _transaction.DisposeAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            await FinishResultAsync().ConfigureAwait(false);
        }
    }

    public override async ValueTask DisposeAsync() => await CloseAsync().ConfigureAwait(false);

    /// <summary>The transaction has ended, one way or another: its connection goes back.</summary>
    public async ValueTask OnTransactionClosedAsync(AsyncTransaction transaction, string bookmark)
    {
        if (_transaction == transaction)
        {
            _transaction = null;
            await ReleaseAsync().ConfigureAwait(false);
            await RememberAsync(bookmark).ConfigureAwait(false);
        }
    }

    void IResultOwner.OnFailure(Exception failure)
    {
    }

    async ValueTask IResultOwner.OnCompleteAsync(string bookmark)
    {
        await ReleaseAsync().ConfigureAwait(false);
        await RememberAsync(bookmark).ConfigureAwait(false);
    }

    private static Func<IAsyncQueryRunner, Task<bool>> WithoutResult(Func<IAsyncQueryRunner, Task> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return async runner =>
        {
            await work(runner).ConfigureAwait(false);
            return true;
        };
    }

    private static TransactionConfig Build(Action<TransactionConfigBuilder> action)
    {
        if (action is null)
        {
            return TransactionConfig.Default;
        }

        var builder = new TransactionConfigBuilder(new TransactionConfig());
        action(builder);
        return builder.Build();
    }

    private async Task<T> ExecuteOnceAsync<T>(AccessMode mode, Func<IAsyncQueryRunner, Task<T>> work, TransactionConfig transactionConfig)
    {
        var transaction = await NewTransactionAsync(mode, transactionConfig).ConfigureAwait(false);
        try
        {
            transaction.Begin();
            var result = await work(transaction).ConfigureAwait(false);
            if (transaction.IsOpen)
            {
                await transaction.CommitAsync().ConfigureAwait(false);
            }

            return result;
        }
        catch (Exception error)
        {
            await AbandonAsync(transaction, error).ConfigureAwait(false);
            throw;
        }
    }

    // What went wrong first is what the caller must see: a rollback that fails too is only noted.
    private async Task AbandonAsync(AsyncTransaction transaction, Exception cause)
    {
        try
        {
            await transaction.DisposeAsync().ConfigureAwait(false);
        }
        catch (Neo4jException error)
        {
            driverConfig.Logger.Warn(error, "Rolling back after '{0}' failed.", cause.Message);
        }
    }

    private async Task<AsyncTransaction> NewTransactionAsync(AccessMode mode, TransactionConfig transactionConfig)
    {
        var start = await StartAsync(mode, transactionConfig).ConfigureAwait(false);
        _transaction = new AsyncTransaction(_connection, this, start, _fetchSize);
        return _transaction;
    }

    private async Task<TransactionStart> StartAsync(AccessMode mode, TransactionConfig transactionConfig)
    {
        if (_closed)
        {
            throw new ClientException("The session has been closed; open another one.");
        }

        if (_transaction is { HasFailed: true } failed)
        {
            await failed.DisposeAsync().ConfigureAwait(false);
        }

        if (_transaction is not null)
        {
            throw new TransactionNestingException("The session has an open transaction: commit it or roll it back first.");
        }

        await FinishResultAsync().ConfigureAwait(false);
        var bookmarks = LastBookmarks?.Values ?? [];
        if (config.BookmarkManager is { } manager)
        {
            bookmarks = [.. (await manager.GetBookmarksAsync().ConfigureAwait(false)).Union(bookmarks)];
        }

        _connection = await pool.AcquireAsync().ConfigureAwait(false);
        return new TransactionStart(config.Database, mode, bookmarks, transactionConfig, config.ImpersonatedUser);
    }

    // A failure that nobody has seen yet shows here at the latest.
    private async Task FinishResultAsync()
    {
        var result = _result;
        _result = null;
        if (result is not null && !(result.Failure is not null && result.FailureSeen))
        {
            await result.ConsumeAsync().ConfigureAwait(false);
        }

        await ReleaseAsync().ConfigureAwait(false);
    }

    private async ValueTask ReleaseAsync()
    {
        var connection = _connection;
        _connection = null;
        if (connection is not null)
        {
            await pool.ReleaseAsync(connection).ConfigureAwait(false);
        }
    }

    private async ValueTask RememberAsync(string bookmark)
    {
        if (bookmark is null)
        {
            return;
        }

        var previous = LastBookmarks?.Values ?? [];
        LastBookmarks = Bookmarks.From(bookmark);
        if (config.BookmarkManager is { } manager)
        {
            await manager.UpdateBookmarksAsync(previous, LastBookmarks.Values).ConfigureAwait(false);
        }
    }
}
