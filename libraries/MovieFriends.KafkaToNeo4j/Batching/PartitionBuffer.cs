using MovieFriends.KafkaToNeo4j.Ports;

namespace MovieFriends.KafkaToNeo4j.Batching;

/// <summary>
/// What waits between the poll thread and the worker of one partition. The worker takes what is there the moment it is
/// free: one message at a trickle, a full batch under load. Thread-safe.
/// </summary>
internal sealed class PartitionBuffer(BatchPool pool, int maxWaitingMessages, TimeProvider time)
{
    /// <summary>The buffer is also full once keys and values of what waits have so many bytes.</summary>
    public const int MaxWaitingBytes = 16 << 20;

    private readonly Lock _lock = new();
    private readonly Queue<MessageBatch> _full = new();
    private MessageBatch? _filling;
    private long _position = -1;
    private int _waitingMessages;
    private int _waitingBytes;
    private bool _paused;
    private bool _available;
    private TaskCompletionSource<bool>? _waiting;

    /// <summary>The offset of the next message that is wanted; -1 while that is not known.</summary>
    public long Position
    {
        get
        {
            lock (_lock)
                return _position;
        }
    }

    /// <summary>Whether no more messages should wait here.</summary>
    public bool IsFull
    {
        get
        {
            lock (_lock)
                return HasNoRoom;
        }
    }

    /// <summary>Whether as many messages wait as one batch takes.</summary>
    public bool HasFullBatch
    {
        get
        {
            lock (_lock)
                return _full.Count > 0;
        }
    }

    /// <summary>How many messages wait here.</summary>
    public int WaitingMessages
    {
        get
        {
            lock (_lock)
                return _waitingMessages;
        }
    }

    private bool HasNoRoom => _waitingMessages >= maxWaitingMessages || _waitingBytes >= MaxWaitingBytes;

    /// <summary>Adds a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="traceParent">The context in which it was sent, if that is known and of interest.</param>
    /// <param name="now">When it was polled.</param>
    /// <returns>
    /// Whether the buffer is full now, so that fetching should pause; and why the message cannot be read now, if that is so: then it was not added. A message
    /// that is not wanted is skipped.
    /// </returns>
    public (bool IsFull, string? Missing) Add(in ReceivedMessage message, byte[]? traceParent, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (_position < 0 || message.Offset < _position)
                return (false, null);

            var filling = _filling ?? pool.Rent();
            if (filling.Add(_position, message, now) is { } missing)
            {
                if (_filling is null)
                    pool.Return(filling);
                return (false, missing);
            }

            _filling = filling;
            _waitingMessages++;
            _waitingBytes += message.Key.Length + message.Value.Length;
            if (traceParent is not null)
                _filling.Producers.Add(traceParent);
            _position = message.Offset + 1;
            if (_filling.IsFull)
            {
                _full.Enqueue(_filling);
                _filling = null;
            }

            Release();
            _paused |= HasNoRoom;
            return (HasNoRoom, null);
        }
    }

    /// <summary>Whether a message at this offset would be taken.</summary>
    public bool Wants(long offset)
    {
        lock (_lock)
            return _position >= 0 && offset >= _position;
    }

    /// <summary>Skips offsets that hold no message, up to the end of the partition, so that the ledger gets there too.</summary>
    public void SkipTo(long offset, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (_position < 0 || offset <= _position)
                return;

            _filling ??= pool.Rent();
            _filling.SkipTo(_position, offset, now);
            _position = offset;
            Release();
        }
    }

    /// <summary>Throws away what waits and starts at another offset; -1 closes the buffer until its start position is known.</summary>
    /// <returns>How many messages were thrown away.</returns>
    public int Reset(long position)
    {
        lock (_lock)
        {
            var thrownAway = _waitingMessages;
            if (_filling is not null)
                pool.Return(_filling);
            while (_full.TryDequeue(out var batch))
                pool.Return(batch);

            _filling = null;
            _waitingMessages = 0;
            _waitingBytes = 0;
            _position = position;
            _paused = false;
            return thrownAway;
        }
    }

    /// <summary>Takes a batch that is full, if one waits.</summary>
    /// <returns>The batch, or null; and whether fetching, paused because the buffer was full, may go on.</returns>
    public (MessageBatch? Batch, bool Resume) TakeFull()
    {
        lock (_lock)
            return _full.TryDequeue(out var batch) ? (batch, Taken(batch)) : (null, false);
    }

    /// <summary>Waits until there is something, and takes it.</summary>
    /// <returns>The batch, or null if nothing has come for so long; and whether fetching, paused because the buffer was full, may go on.</returns>
    public async ValueTask<(MessageBatch? Batch, bool Resume)> TakeAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        for (; ; )
        {
            if (!await WaitAsync(timeout, cancellationToken))
                return (null, false);
            lock (_lock)
            {
                if (!_full.TryDequeue(out var batch))
                    (batch, _filling) = (_filling, null);
                if (batch is null)
                    continue; // Thrown away in the meantime.

                if (_full.Count > 0 || _filling is not null)
                    Release();

                return (batch, Taken(batch));
            }
        }
    }

    // There is one who takes. What follows must not run on the poll thread.
    private async ValueTask<bool> WaitAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TaskCompletionSource<bool> waiting;
        lock (_lock)
        {
            if (_available)
            {
                _available = false;
                return true;
            }

            waiting = _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        return await waiting.WaitAsync(timeout, time, cancellationToken);
    }

    // Whoever has stopped waiting finds it the next time.
    private void Release()
    {
        if (_waiting is null || !_waiting.TrySetResult(true))
            _available = true;
        _waiting = null;
    }

    private bool Taken(MessageBatch batch)
    {
        _waitingMessages -= batch.Count;
        _waitingBytes -= batch.Bytes;

        // Half empty before it resumes, and half full still: a client that resumes gets its next messages only after a while.
        var resume = _paused && _waitingMessages <= maxWaitingMessages / 2 && _waitingBytes <= MaxWaitingBytes / 2;
        _paused &= !resume;
        return resume;
    }
}
