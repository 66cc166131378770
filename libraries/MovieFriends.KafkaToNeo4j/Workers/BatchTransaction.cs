using MovieFriends.KafkaToNeo4j.Writing;

namespace MovieFriends.KafkaToNeo4j.Workers;

/// <summary>A batch in its transaction, which has everything but its commit. Disposing takes it back, unless it was committed, and returns its lease.</summary>
internal sealed class BatchTransaction(ConcurrencyLimit.Lease lease) : IAsyncDisposable
{
    private OpenTransaction? _open;

    /// <summary>What it does once it is committed.</summary>
    public BatchOutcome Outcome { get; private set; }

    /// <summary>From here on the transaction ends together with this.</summary>
    public OpenTransaction Own(OpenTransaction open) => _open = open;

    public BatchTransaction With(BatchOutcome outcome)
    {
        Outcome = outcome;
        return this;
    }

    public Task CommitAsync() => _open!.CommitAsync();

    public async ValueTask DisposeAsync()
    {
        using var left = lease;
        if (_open is not null)
            await _open.DisposeAsync();
    }
}
