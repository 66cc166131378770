using Microsoft.Extensions.Options;
using MovieFriends.Contracts.Graph;
using MovieFriends.Kafka;
using MovieFriends.KafkaToNeo4j.Ledger;
using MovieFriends.Neo4j;
using Neo4j.Driver;

namespace MovieFriends.Replayer.Ledger;

/// <summary>Reads and moves the ledger in the graph. Both wait for a database that is away.</summary>
internal sealed class LedgerMover(IDriver driver, Neo4jDriverSettings settings, GraphRetry retry, Neo4jTelemetry telemetry, TopicSettings topic, TimeProvider time)
{
    // A consumer whose batch comes too late says it in its log.
    private readonly string _owner = LedgerNames.NewOwner("rewind");

    /// <summary>Where partitions stand; those that were never read are left out.</summary>
    public Task<Dictionary<int, long>> ReadAsync(IEnumerable<int> partitions, CancellationToken cancellationToken)
    {
        var byId = partitions.ToDictionary(Id);
        return retry.RunAsync(
            async () =>
            {
                await using var session = Session();
                return Offsets(byId, await RewindStatements.Read.ListAsync(session, new Dictionary<string, object?> { ["ids"] = byId.Keys.ToArray() }, telemetry));
            },
            cancellationToken);
    }

    /// <summary>Moves partitions, all or none. A consumer that is in the middle of a batch finds its batch refused and looks where to go on.</summary>
    /// <returns>Where they stood; those that were never read are left out.</returns>
    public Task<Dictionary<int, long>> MoveAsync(string topicId, IReadOnlyList<RewindTarget> targets, CancellationToken cancellationToken)
    {
        var byId = targets.Select(target => target.Range.Partition).ToDictionary(Id);
        var parameters = new Dictionary<string, object?>
        {
            ["ids"] = targets.Select(target => Id(target.Range.Partition)).ToArray(),
            ["offsets"] = targets.Select(target => target.Offset).ToArray(),
            ["pastEnds"] = targets.Select(target => target.WasPastEnd).ToArray(),
            ["deadLetterEnds"] = targets.Select(target => target.DeadLetterEnd).ToArray(),
            ["topicId"] = topicId,
            ["owner"] = _owner,
            ["now"] = time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0,
        };
        return retry.RunAsync(
            async () =>
            {
                await using var session = Session();
                await using var transaction = await session.BeginTransactionAsync();
                var before = Offsets(byId, await RewindStatements.Move.ListAsync(transaction, parameters, telemetry));
                await transaction.CommitAsync();
                return before;
            },
            cancellationToken);
    }

    private static Dictionary<int, long> Offsets(Dictionary<string, int> byId, List<IRecord> rows) => rows
        .Where(row => row["nextOffset"] is not null)
        .ToDictionary(row => byId[row["id"].As<string>()], row => row["nextOffset"].As<long>());

    private string Id(int partition) => LedgerNames.IdOf(topic.Name, partition);

    private IAsyncSession Session() => driver.AsyncSession(o => GraphSchema.ForDatabase(o, settings.Database));
}
