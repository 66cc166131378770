using MovieFriends.Contracts.Graph;
using MovieFriends.KafkaToNeo4j.Ledger;
using Neo4j.Driver;

namespace MovieFriends.Bench.Pacing;

/// <summary>How far the graph is, by the ledger that the product's consumer moves in the transactions of its charges.</summary>
internal static class LedgerPositions
{
    private const string Ledger = "MATCH (o:KafkaOffset) RETURN o.id AS id, o.nextOffset AS nextOffset";

    /// <returns>For each partition the first offset that is not in the graph.</returns>
    public static async Task<IReadOnlyDictionary<int, long>> ReadAsync(IAsyncSession session)
    {
        var rows = await (await session.RunAsync(Ledger)).ToListAsync();
        return rows.ToDictionary(row => LedgerNames.Parse(row["id"].As<string>())!.Value.Partition, row => row["nextOffset"].As<long>());
    }
}
