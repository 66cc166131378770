using MovieFriends.KafkaToNeo4j.Ports;

namespace MovieFriends.KafkaToNeo4j.Workers;

/// <summary>
/// Bounds how many transactions write at once. One more may be open and stand by: with its ledger claimed it writes the moment that another one ends,
/// so that the database does not wait for questions and answers in between.
/// </summary>
internal sealed class ConcurrencyLimit(StreamOptions options)
{
    private readonly Permits _open = new(options.MaxTransactions + 1);
    private readonly Permits _writing = new(options.MaxTransactions);

    /// <summary>Waits until one more transaction may be opened.</summary>
    public async ValueTask<Lease> AcquireAsync(CancellationToken cancellationToken)
    {
        await _open.TakeAsync(cancellationToken);
        return new Lease(this);
    }

    /// <summary>Gives a lease that may write, if nobody has to wait for it; else null.</summary>
    public Lease? TryAcquire()
    {
        if (!_open.TryTake())
            return null;

        var lease = new Lease(this);
        if (lease.TryStartWriting())
            return lease;
        lease.Dispose();
        return null;
    }

    /// <summary>The right of one transaction to be there, from before it is opened until after it has ended.</summary>
    internal sealed class Lease(ConcurrencyLimit limit) : IDisposable
    {
        private bool _writes;

        /// <summary>Waits until the transaction may write.</summary>
        public async ValueTask WaitToWriteAsync(CancellationToken cancellationToken)
        {
            await limit._writing.TakeAsync(cancellationToken);
            _writes = true;
        }

        public bool TryStartWriting() => _writes = limit._writing.TryTake();

        public void Dispose()
        {
            if (_writes)
                limit._writing.Return();
            limit._open.Return();
        }
    }
}
