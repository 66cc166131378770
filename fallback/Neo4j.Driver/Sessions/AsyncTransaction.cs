using Neo4j.Driver.Bolt;
using Neo4j.Driver.Results;

namespace Neo4j.Driver.Sessions;

/// <summary>A transaction on a connection of its own.</summary>
internal sealed class AsyncTransaction(BoltConnection connection, AsyncSession session, TransactionStart start, long fetchSize)
    : AsyncQueryRunner, IAsyncTransaction, IResultOwner, IResponseHandler
{
    private readonly List<ResultCursor> _results = [];
    private State _state = State.Active;

    private enum State
    {
        Active,
        Committed,
        RolledBack,
        Failed,
    }

    public TransactionConfig TransactionConfig => start.Config;

    public bool IsOpen => _state == State.Active;

    public bool HasFailed => _state == State.Failed;

    public Exception Failure { get; private set; }

    bool IResponseHandler.WantsRecords => false;

    /// <summary>
    /// Requests BEGIN. It travels with the first query; a failure shows there, as that of the transaction.
    /// </summary>
    public void Begin()
    {
        try
        {
            connection.Request.Begin(start, this);
            connection.InTransaction = true;
        }
        catch (Exception error)
        {
            // The server cannot be asked for this; there is nothing to roll back.
            OnFailure(error);
            throw;
        }
    }

    /// <summary>Sends BEGIN and waits for its answer.</summary>
    public async Task BeginAsync()
    {
        try
        {
            Begin();
            await connection.SyncAsync().ConfigureAwait(false);
        }
        catch (Exception error)
        {
            OnFailure(error);
        }

        if (Failure is not null)
        {
            await CloseAsync(null).ConfigureAwait(false);
            throw Failure;
        }
    }

    public override async Task<IResultCursor> RunAsync(Query query)
    {
        EnsureActive("run a query in");
        var result = new ResultCursor(connection, this, query, fetchSize);
        try
        {
            connection.Request.Run(query, null, result);
            connection.Request.Pull(fetchSize, -1, result);
            await connection.FlushAsync().ConfigureAwait(false);
        }
        catch (Exception error)
        {
            OnFailure(error);
            throw;
        }

        _results.Add(result);
        return result;
    }

    public async Task CommitAsync()
    {
        EnsureActive("commit");
        string bookmark = null;
        try
        {
            await DiscardResultsAsync().ConfigureAwait(false);
            bookmark = await FinishAsync(connection.Request.Commit).ConfigureAwait(false);
            _state = State.Committed;
        }
        catch (Exception error)
        {
            OnFailure(error);
            throw;
        }
        finally
        {
            await CloseAsync(bookmark).ConfigureAwait(false);
        }
    }

    public async Task RollbackAsync()
    {
        if (_state == State.Failed)
        {
            await CloseAsync(null).ConfigureAwait(false);
            return;
        }

        EnsureActive("roll back");
        try
        {
            await DiscardResultsAsync().ConfigureAwait(false);
            await FinishAsync(connection.Request.Rollback).ConfigureAwait(false);
            _state = State.RolledBack;
        }
        catch (Exception error)
        {
            OnFailure(error);
            throw;
        }
        finally
        {
            await CloseAsync(null).ConfigureAwait(false);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        if (_state is State.Active or State.Failed)
        {
            await RollbackAsync().ConfigureAwait(false);
        }
    }

    public void OnFailure(Exception failure)
    {
        Failure ??= failure;
        _state = State.Failed;
    }

    ValueTask IResultOwner.OnCompleteAsync(string bookmark) => ValueTask.CompletedTask;

    void IResponseHandler.OnRecord(object[] values)
    {
    }

    void IResponseHandler.OnSuccess(Dictionary<string, object> metadata)
    {
    }

    private async Task<string> FinishAsync(Action<IResponseHandler> request)
    {
        var reply = new Reply();
        request(reply);
        await connection.SyncAsync().ConfigureAwait(false);
        if (Failure is not null)
        {
            throw Failure;
        }

        reply.EnsureSuccess();
        connection.InTransaction = false;
        return reply.Metadata.GetValueOrDefault("bookmark") as string;
    }

    // A query that failed unnoticed must not be committed around.
    private async Task DiscardResultsAsync()
    {
        foreach (var result in _results)
        {
            await result.ConsumeAsync().ConfigureAwait(false);
        }
    }

    private ValueTask CloseAsync(string bookmark) => session.OnTransactionClosedAsync(this, bookmark);

    private void EnsureActive(string action)
    {
        switch (_state)
        {
            case State.Committed:
                throw new TransactionClosedException($"Cannot {action} this transaction: it has already been committed.");
            case State.RolledBack:
                throw new TransactionClosedException($"Cannot {action} this transaction: it has already been rolled back.");
            case State.Failed:
                throw new TransactionTerminatedException(Failure);
        }
    }
}
