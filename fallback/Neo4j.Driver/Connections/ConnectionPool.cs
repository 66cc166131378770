using Neo4j.Driver.Bolt;

namespace Neo4j.Driver.Connections;

/// <summary>
/// Lends connections to sessions, at most as many as configured. The one used last is lent first, so that a pool that
/// was large once shrinks to what is needed where an idle time-out is set.
/// </summary>
internal sealed class ConnectionPool(Connector connector, AuthToken token, Config config, TimeProvider time) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Stack<BoltConnection> _idle = new();
    private readonly HashSet<BoltConnection> _lent = [];
    private readonly SemaphoreSlim _slots = config.MaxConnectionPoolSize == Config.Infinite
        ? new SemaphoreSlim(int.MaxValue)
        : new SemaphoreSlim(config.MaxConnectionPoolSize);
    private bool _closed;

    /// <exception cref="ClientException">No connection became free in time.</exception>
    /// <exception cref="ServiceUnavailableException">Nobody answers.</exception>
    /// <exception cref="ObjectDisposedException">The driver has been closed.</exception>
    public async Task<BoltConnection> AcquireAsync()
    {
        EnsureOpen();
        using var timeout = new CancellationTokenSource(config.ConnectionAcquisitionTimeout);
        var hasSlot = false;
        try
        {
            await _slots.WaitAsync(timeout.Token).ConfigureAwait(false);
            hasSlot = true;
            return Lend(await TakeIdleAsync().ConfigureAwait(false)
                ?? await connector.ConnectAsync(token, timeout.Token).ConfigureAwait(false));
        }
        catch (Exception error)
        {
            if (hasSlot)
            {
                _slots.Release();
            }

            if (error is OperationCanceledException && timeout.IsCancellationRequested)
            {
                throw new ClientException($"No connection to {connector.Address} became available within {config.ConnectionAcquisitionTimeout}.", error);
            }

            throw;
        }
    }

    /// <summary>Takes a connection back, whatever state it is in.</summary>
    public async ValueTask ReleaseAsync(BoltConnection connection)
    {
        var keep = await IsReusableAsync(connection).ConfigureAwait(false);
        lock (_lock)
        {
            _lent.Remove(connection);
            keep &= !_closed && _idle.Count < MaxIdle;
            if (keep)
            {
                connection.IdleSince = time.GetUtcNow();
                _idle.Push(connection);
            }
        }

        if (!keep)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }

        _slots.Release();
    }

    public async ValueTask DisposeAsync()
    {
        BoltConnection[] idle;
        lock (_lock)
        {
            if (_closed)
            {
                return;
            }

            _closed = true;
            idle = [.. _idle];
            _idle.Clear();

            // Whoever works with a lent connection gets an error and gives it back.
            foreach (var connection in _lent)
            {
                connection.Abort();
            }
        }

        foreach (var connection in idle)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    private int MaxIdle => config.MaxIdleConnectionPoolSize == Config.Infinite ? int.MaxValue : config.MaxIdleConnectionPoolSize;

    private void EnsureOpen() => ObjectDisposedException.ThrowIf(_closed, typeof(IDriver));

    private BoltConnection Lend(BoltConnection connection)
    {
        lock (_lock)
        {
            if (!_closed)
            {
                _lent.Add(connection);
                return connection;
            }
        }

        connection.Abort();
        throw new ObjectDisposedException(nameof(IDriver));
    }

    private async ValueTask<BoltConnection> TakeIdleAsync()
    {
        while (true)
        {
            BoltConnection connection;
            lock (_lock)
            {
                if (!_idle.TryPop(out connection))
                {
                    return null;
                }
            }

            if (IsFresh(connection) && !connection.IsStale && await IsAliveAsync(connection).ConfigureAwait(false))
            {
                return connection;
            }

            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    private bool IsFresh(BoltConnection connection)
    {
        var now = time.GetUtcNow();
        return !Exceeds(now - connection.OpenedAt, config.MaxConnectionLifetime)
            && !Exceeds(now - connection.IdleSince, config.ConnectionIdleTimeout);

        static bool Exceeds(TimeSpan age, TimeSpan limit) => limit >= TimeSpan.Zero && age > limit;
    }

    private async ValueTask<bool> IsAliveAsync(BoltConnection connection) =>
        config.ConnectionLivenessThreshold is not { } threshold
        || time.GetUtcNow() - connection.IdleSince < threshold
        || await TryResetAsync(connection).ConfigureAwait(false);

    private static async ValueTask<bool> IsReusableAsync(BoltConnection connection) =>
        !connection.IsBroken && !connection.Retired
        && (connection.IsClean || await TryResetAsync(connection).ConfigureAwait(false));

    private static async ValueTask<bool> TryResetAsync(BoltConnection connection)
    {
        try
        {
            await connection.ResetAsync().ConfigureAwait(false);
            return true;
        }
        catch (Neo4jException)
        {
            return false;
        }
    }
}
