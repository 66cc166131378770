using Neo4j.Driver;

namespace MovieFriends.Bench.Pacing;

/// <summary>Who moved a partition's ledger last, and when.</summary>
/// <param name="Owner">The process; another one after each start.</param>
/// <param name="CommittedAt">When its transaction was written, in seconds since 1970.</param>
internal sealed record LedgerMark(string Owner, double CommittedAt)
{
    private const string Ledger = "MATCH (o:KafkaOffset) RETURN o.owner AS owner, o.committedAt AS committedAt";

    /// <returns>The mark of each partition; none while the database is away.</returns>
    public static async Task<IReadOnlyList<LedgerMark>> ReadAsync(IDriver graph)
    {
        try
        {
            await using var session = graph.AsyncSession();
            var rows = await (await session.RunAsync(Ledger)).ToListAsync();
            return rows.ConvertAll(row => new LedgerMark(row["owner"].As<string>(), row["committedAt"].As<double>()));
        }
        catch (Neo4jException)
        {
            return [];
        }
    }
}
