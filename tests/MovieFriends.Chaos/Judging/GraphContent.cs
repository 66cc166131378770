using System.Globalization;
using MovieFriends.Contracts.Charges;
using Neo4j.Driver;

namespace MovieFriends.Chaos.Judging;

/// <summary>Compares the graph with what the topic says must be in it, charge by charge.</summary>
internal static class GraphContent
{
    private const string Charges = """
        MATCH (c:DailyCharge)
        OPTIONAL MATCH (u:User)-[r:HAS_DAILY_CHARGE]->(c)
        WITH c, count(r) AS attached, min(u.userId) AS owner
        RETURN c.chargeId AS id, c.amountUSD AS amount, c.createdDate AS time, c.date AS date, attached, owner
        """;

    private const string Ledger = "MATCH (o:KafkaOffset) RETURN o.id AS id, o.nextOffset AS next";

    public static async Task<GraphComparison> CompareAsync(IDriver graph, TopicContent topic, string name, CancellationToken cancellationToken)
    {
        await using var session = graph.AsyncSession();
        var (different, unexpected, doubled) = (new List<long>(), new List<long>(), new List<long>());
        var seen = new HashSet<long>();
        var found = 0L;
        var cursor = await session.RunAsync(Charges);
        while (await cursor.FetchAsync())
        {
            cancellationToken.ThrowIfCancellationRequested();
            found++;
            var row = cursor.Current;
            var id = row["id"].As<long>();
            if (!seen.Add(id) || row["attached"].As<long>() != 1)
                doubled.Add(id);
            if (!topic.Charges.TryGetValue(id, out var expected))
                unexpected.Add(id);
            else if (!Agrees(row, id, expected))
                different.Add(id);
        }

        var missing = topic.Charges.Keys.Where(id => !seen.Contains(id)).ToList();
        return new GraphComparison(found, missing, different, unexpected, doubled, await LedgerOffAsync(graph, topic.Ends, name));
    }

    /// <summary>Whether every partition's ledger is at its end.</summary>
    public static async Task<bool> HasCaughtUpAsync(IDriver graph, IReadOnlyDictionary<int, long> ends, string name)
    {
        try
        {
            await using var session = graph.AsyncSession();
            var ledger = await LedgerAsync(session);
            return ends.All(end => Next(ledger, name, end.Key) >= end.Value);
        }
        catch (Neo4jException)
        {
            return false;
        }
    }

    /// <summary>Partitions whose ledger is not at their end.</summary>
    public static async Task<List<string>> LedgerOffAsync(IDriver graph, IReadOnlyDictionary<int, long> ends, string name)
    {
        await using var session = graph.AsyncSession();
        var ledger = await LedgerAsync(session);
        return
        [
            .. ends.Where(end => Next(ledger, name, end.Key) != end.Value)
                .Select(end => string.Create(CultureInfo.InvariantCulture, $"partition {end.Key} ends at {end.Value}, its ledger says {Next(ledger, name, end.Key)}")),
        ];
    }

    private static bool Agrees(IRecord row, long id, ExpectedCharge expected) =>
        row["amount"].As<double>() == expected.Amount
        && row["time"].As<double>() == expected.Time
        && row["owner"].As<long?>() == ChargeId.UserIdOf(id)
        && row["date"].As<string>().Replace("-", "", StringComparison.Ordinal) == ChargeId.DayOf(id).ToString(CultureInfo.InvariantCulture);

    private static async Task<Dictionary<string, long>> LedgerAsync(IAsyncSession session)
    {
        var cursor = await session.RunAsync(Ledger);
        return (await cursor.ToListAsync()).ToDictionary(row => row["id"].As<string>(), row => row["next"].As<long>());
    }

    /// <summary>A partition that was never written to may have no ledger.</summary>
    private static long Next(Dictionary<string, long> ledger, string name, int partition) =>
        ledger.GetValueOrDefault(string.Create(CultureInfo.InvariantCulture, $"{name}/{partition}"));
}
