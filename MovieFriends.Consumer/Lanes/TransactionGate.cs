using Microsoft.Extensions.Options;

namespace MovieFriends.Consumer.Lanes;

/// <summary>Bounds how many transactions are under way at once.</summary>
internal sealed class TransactionGate(IOptions<ConsumerOptions> options) : IDisposable
{
    private readonly SemaphoreSlim _turns = new(options.Value.MaxTransactions);

    public async ValueTask<Turn> EnterAsync(CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken);
        return new Turn(_turns);
    }

    /// <summary>Enters if nobody has to wait for it.</summary>
    public bool TryEnter(out Turn turn)
    {
        turn = new Turn(_turns);
        return _turns.Wait(0);
    }

    public void Dispose() => _turns.Dispose();

    internal readonly struct Turn(SemaphoreSlim turns) : IDisposable
    {
        public void Dispose() => turns.Release();
    }
}
