using Neo4j.Driver;

namespace MovieFriends.KafkaToNeo4j.Writing;

/// <summary>A transaction with the session that it has for itself. Disposing takes it back, unless it was committed.</summary>
internal sealed class OpenTransaction(IAsyncSession session, IAsyncTransaction transaction) : IAsyncDisposable
{
    public IAsyncTransaction Transaction => transaction;

    public async ValueTask DisposeAsync()
    {
        // A transaction that cannot be taken back must not keep its connection.
        await using var left = session;
        await transaction.DisposeAsync();
    }
}
