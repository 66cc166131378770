using MovieFriends.Contracts.Graph;
using Neo4j.Driver;

namespace MovieFriends.Bench.Environments;

/// <summary>The charges in the graph, whoever has written them.</summary>
internal sealed class ChargeGraph(IDriver graph)
{
    private const string Charges = "MATCH (c:DailyCharge) RETURN count(c) AS charges";

    private const string Attached = """
        MATCH (u:User)-[:HAS_DAILY_CHARGE]->(c:DailyCharge)
        WHERE c.userId = u.userId
        RETURN count(c) AS attached, sum(c.userId) AS userIds, sum(c.amountUSD) AS amount
        """;

    // In portions: what one transaction deletes must fit into the server's memory.
    private const string Delete = "MATCH (n:{0}) WITH n LIMIT 20000 DETACH DELETE n RETURN count(*) AS deleted";

    public async Task<ChargeTotals> CountAsync()
    {
        await using var session = graph.AsyncSession();
        var charges = await (await session.RunAsync(Charges)).SingleAsync();
        var attached = await (await session.RunAsync(Attached)).SingleAsync();
        return new ChargeTotals(charges["charges"].As<long>(), attached["attached"].As<long>(), attached["userIds"].As<long>(), attached["amount"].As<double>());
    }

    /// <summary>Removes all charges and the ledger; users stay.</summary>
    public async Task ClearAsync(CancellationToken cancellationToken)
    {
        await ForgetLedgerAsync(cancellationToken);
        await DeleteAsync(GraphNames.DailyCharge, cancellationToken);
    }

    /// <summary>Removes the ledger alone: whoever consumes then begins again, and meets only charges that are there.</summary>
    public Task ForgetLedgerAsync(CancellationToken cancellationToken) => DeleteAsync(GraphNames.KafkaOffset, cancellationToken);

    private async Task DeleteAsync(string label, CancellationToken cancellationToken)
    {
        await using var session = graph.AsyncSession();
        while (await DeleteSomeAsync(session, label) > 0)
            cancellationToken.ThrowIfCancellationRequested();
    }

    private static async Task<long> DeleteSomeAsync(IAsyncSession session, string label)
    {
        var cursor = await session.RunAsync(Delete.Replace("{0}", label, StringComparison.Ordinal));
        return (await cursor.SingleAsync())["deleted"].As<long>();
    }
}
