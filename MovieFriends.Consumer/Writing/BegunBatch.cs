using Neo4j.Driver;

namespace MovieFriends.Consumer.Writing;

/// <summary>An open transaction in which the charges of a batch are created, but the ledger is not moved yet. Disposing takes it back, unless it was committed.</summary>
internal sealed class BegunBatch(IAsyncSession session, IAsyncTransaction transaction, int created) : IAsyncDisposable
{
    public IAsyncTransaction Transaction => transaction;

    /// <summary>How many charges were created: fewer than there are if users are unknown.</summary>
    public int Created => created;

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await session.DisposeAsync();
    }
}
