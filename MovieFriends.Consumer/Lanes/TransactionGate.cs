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

    public void Dispose() => _turns.Dispose();

    internal readonly struct Turn(SemaphoreSlim turns) : IDisposable
    {
        public void Dispose() => turns.Release();
    }
}
