using MovieFriends.Extensions;
using MovieFriends.KafkaToNeo4j.Ledger;
using MovieFriends.KafkaToNeo4j.Writing;
using MovieFriends.Neo4j;

namespace MovieFriends.KafkaToNeo4j.Workers;

/// <summary>
/// Does once what every partition and every batch needs, and changes nothing: connections are open then, the database has its plans, and the code
/// is compiled. Partitions that come with the group, perhaps from another consumer, would stand still meanwhile; and a database that does not
/// answer is met before they come.
/// </summary>
internal sealed class WarmUp(
    GraphWriter writer,
    OffsetLedger ledger,
    PartitionLocator locator,
    GraphRetry retry,
    StreamOptions options)
{
    /// <summary>Warms up, however long it takes to reach database and broker.</summary>
    /// <param name="partitions">How many partitions the topic has.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="FatalException">The database refuses for a reason that no repetition mends.</exception>
    public Task RunAsync(int partitions, CancellationToken cancellationToken)
    {
        // No more transactions than there will be at once.
        var transactions = Math.Min(options.MaxTransactions + 1, partitions);
        Task[] all = [
            locator.WarmUpAsync(cancellationToken),
            retry.RunAsync(() => ledger.ReadAsync(OffsetLedger.NoPartition), cancellationToken),
            .. Enumerable.Range(0, transactions).Select(_ => retry.RunAsync(writer.WarmUpAsync, cancellationToken)),
        ];

        // A service that stops does not wait for a database that does not answer.
        return Task.WhenAll(all).WaitAsync(cancellationToken);
    }
}
