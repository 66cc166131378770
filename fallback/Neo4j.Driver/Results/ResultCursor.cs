using Neo4j.Driver.Bolt;
using Neo4j.Driver.Summary;

namespace Neo4j.Driver.Results;

/// <summary>
/// Takes the answers to RUN and PULL. Records arrive in parts of the fetch size; the next part is requested when less
/// than a third of one is left, so that the server works while the reader does.
/// </summary>
internal sealed class ResultCursor(BoltConnection connection, IResultOwner owner, Query query, long fetchSize)
    : IResultCursor, IAsyncEnumerator<IRecord>, IResponseHandler
{
    private readonly Queue<IRecord> _records = new();
    private readonly long _lowWatermark = fetchSize == Config.Infinite ? 0 : fetchSize * 3 / 10;
    private Stage _stage = Stage.Running;
    private RecordKeys _keys = RecordKeys.None;
    private Dictionary<string, object> _runMetadata = [];
    private Dictionary<string, object> _endMetadata = [];
    private long _queryId = -1;
    private IRecord _current;
    private bool _fetched;
    private bool _ended;
    private bool _consumed;
    private bool _released;
    private IResultSummary _summary;

    private enum Stage
    {
        Running,
        Streaming,

        /// <summary>The server has more records and waits to be asked for them.</summary>
        Paused,
        Complete,
    }

    public bool IsOpen => !_consumed;

    public IRecord Current
    {
        get
        {
            EnsureOpen();
            return _fetched ? _current : throw new InvalidOperationException("There is no current record before the first is fetched.");
        }
    }

    /// <summary>Null unless the query failed.</summary>
    public Exception Failure { get; private set; }

    /// <summary>The failure has been thrown to whoever reads the result.</summary>
    public bool FailureSeen { get; private set; }

    bool IResponseHandler.WantsRecords => !_consumed;

    public async Task<string[]> KeysAsync()
    {
        while (_stage == Stage.Running)
        {
            await AdvanceAsync().ConfigureAwait(false);
        }

        ThrowFailure();
        return _keys.Names;
    }

    public async Task<IResultSummary> ConsumeAsync()
    {
        _consumed = true;
        _records.Clear();
        while (_stage != Stage.Complete)
        {
            await AdvanceAsync().ConfigureAwait(false);
        }

        await ReleaseAsync().ConfigureAwait(false);
        ThrowFailure();
        return _summary ??= new ResultSummary(query, connection.Server, _runMetadata, _endMetadata);
    }

    public async Task<IRecord> PeekAsync()
    {
        EnsureOpen();
        return await HasNextAsync().ConfigureAwait(false) ? _records.Peek() : null;
    }

    public Task<bool> FetchAsync() => MoveNextAsync().AsTask();

    public ValueTask<bool> MoveNextAsync()
    {
        EnsureOpen();
        return _records.Count > _lowWatermark ? new ValueTask<bool>(TakeNext()) : MoveNextSlowlyAsync();
    }

    public IAsyncEnumerator<IRecord> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        cancellationToken.CanBeCanceled ? new CancellableEnumerator(this, cancellationToken) : this;

    ValueTask IAsyncDisposable.DisposeAsync() => ValueTask.CompletedTask;

    void IResponseHandler.OnRecord(object[] values) => _records.Enqueue(new Record(_keys, values));

    void IResponseHandler.OnSuccess(Dictionary<string, object> metadata)
    {
        if (_stage == Stage.Running)
        {
            _runMetadata = metadata;
            _queryId = metadata.GetValueOrDefault("qid") as long? ?? -1;
            _keys = metadata.GetValueOrDefault("fields") is List<object> { Count: > 0 } fields
                ? new RecordKeys([.. fields.Select(field => (string)field)])
                : RecordKeys.None;
            _stage = Stage.Streaming;
        }
        else if (metadata.GetValueOrDefault("has_more") is true)
        {
            _stage = Stage.Paused;
        }
        else
        {
            _endMetadata = metadata;
            _stage = Stage.Complete;
        }
    }

    void IResponseHandler.OnFailure(Exception failure)
    {
        // A refused RUN is followed by its ignored PULL: the first failure is the reason.
        if (Failure is null)
        {
            Failure = failure;
            owner.OnFailure(failure);
        }

        _stage = Stage.Complete;
    }

    private async ValueTask<bool> MoveNextSlowlyAsync()
    {
        if (_stage == Stage.Paused && _records.Count > 0)
        {
            await RequestMoreAsync().ConfigureAwait(false);
        }

        if (await HasNextAsync().ConfigureAwait(false))
        {
            return TakeNext();
        }

        (_fetched, _current, _ended) = (true, null, true);
        return false;
    }

    private bool TakeNext()
    {
        (_fetched, _current) = (true, _records.Dequeue());
        return true;
    }

    private async ValueTask<bool> HasNextAsync()
    {
        while (_records.Count == 0 && _stage != Stage.Complete)
        {
            await AdvanceAsync().ConfigureAwait(false);
        }

        if (_records.Count > 0)
        {
            return true;
        }

        await ReleaseAsync().ConfigureAwait(false);
        if (!_ended)
        {
            ThrowFailure();
        }

        return false;
    }

    // One step: asks for more if the server waits, then takes one message, which may be for an earlier result.
    private async ValueTask AdvanceAsync()
    {
        if (_stage == Stage.Paused)
        {
            if (owner.Failure is { } earlier)
            {
                Failure = new TransactionTerminatedException(earlier);
                _stage = Stage.Complete;
                return;
            }

            await RequestMoreAsync().ConfigureAwait(false);
        }

        try
        {
            await connection.ReceiveAsync().ConfigureAwait(false);
        }
        catch (Exception error)
        {
            ((IResponseHandler)this).OnFailure(error);
        }
    }

    private async ValueTask RequestMoreAsync()
    {
        if (_consumed)
        {
            connection.Request.Discard(_queryId, this);
        }
        else
        {
            connection.Request.Pull(fetchSize, _queryId, this);
        }

        _stage = Stage.Streaming;
        try
        {
            await connection.FlushAsync().ConfigureAwait(false);
        }
        catch (Neo4jException error)
        {
            ((IResponseHandler)this).OnFailure(error);
        }
    }

    private async ValueTask ReleaseAsync()
    {
        if (!_released)
        {
            _released = true;
            await owner.OnCompleteAsync(_endMetadata.GetValueOrDefault("bookmark") as string).ConfigureAwait(false);
        }
    }

    private void ThrowFailure()
    {
        if (Failure is not null)
        {
            FailureSeen = true;
            throw Failure;
        }
    }

    private void EnsureOpen()
    {
        if (_consumed)
        {
            throw new ResultConsumedException("The records of this result cannot be read any more: it has been consumed.");
        }
    }
}
