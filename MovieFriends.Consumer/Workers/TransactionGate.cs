using Microsoft.Extensions.Options;

namespace MovieFriends.Consumer.Workers;

/// <summary>
/// Bounds how many transactions write at once. One more may be open and stand by: with its ledger claimed it writes the moment that another one ends,
/// so that the database does not wait for questions and answers in between.
/// </summary>
internal sealed class TransactionGate(IOptions<ConsumerOptions> options) : IDisposable
{
    private readonly SemaphoreSlim _open = new(options.Value.MaxTransactions + 1);
    private readonly SemaphoreSlim _writing = new(options.Value.MaxTransactions);

    /// <summary>Waits until one more transaction may be opened.</summary>
    public async ValueTask<Turn> OpenAsync(CancellationToken cancellationToken)
    {
        await _open.WaitAsync(cancellationToken);
        return new Turn(this);
    }

    /// <summary>Gives a turn that may write, if nobody has to wait for it; else null.</summary>
    public Turn? TryWrite()
    {
        if (!_open.Wait(0))
            return null;

        var turn = new Turn(this);
        if (turn.TryWrite())
            return turn;
        turn.Dispose();
        return null;
    }

    public void Dispose()
    {
        _open.Dispose();
        _writing.Dispose();
    }

    /// <summary>The place of one transaction, from before it is opened until after it has ended.</summary>
    internal sealed class Turn(TransactionGate gate) : IDisposable
    {
        private bool _writes;

        /// <summary>Waits until the transaction may write.</summary>
        public async ValueTask WriteAsync(CancellationToken cancellationToken)
        {
            await gate._writing.WaitAsync(cancellationToken);
            _writes = true;
        }

        public bool TryWrite() => _writes = gate._writing.Wait(0);

        public void Dispose()
        {
            if (_writes)
                gate._writing.Release();
            gate._open.Release();
        }
    }
}
