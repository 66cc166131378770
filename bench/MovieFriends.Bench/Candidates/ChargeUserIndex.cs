using Neo4j.Driver;

namespace MovieFriends.Bench.Candidates;

/// <summary>
/// The index on the users of charges that the article of 2017 has; there as long as this is, for the product has none and must not pay
/// for it. Before Neo4j 5 it is created with the article's own statement, and the plan of its query needs it. From Neo4j 5 on the plan needs it only if it
/// is made while the graph has no charges, and then takes a time that grows with the square of the batch. So the plan is made with a few charges in the
/// graph, as in one that has been in use, and kept: it goes from the user to the charge, and the index is only written.
/// </summary>
internal sealed class ChargeUserIndex : IAsyncDisposable
{
    private const string SyntaxError = "Neo.ClientError.Statement.SyntaxError";
    private const string Name = "charge_users_2017";

    private readonly IDriver _graph;
    private readonly string _drop;

    private ChargeUserIndex(IDriver graph, string planOption, string drop) => (_graph, PlanOption, _drop) = (graph, planOption, drop);

    /// <summary>What is to be put before the article's query, so that it has the plan that it should have.</summary>
    public string PlanOption { get; }

    /// <summary>
    /// Creates the index, and waits until plans can use it: one that is made before would look at every charge for each row, and is kept.
    /// </summary>
    /// <param name="graph">A graph without charges.</param>
    /// <param name="query">The article's query.</param>
    public static async Task<ChargeUserIndex> CreateAsync(IDriver graph, string query)
    {
        try
        {
            await RunAsync(graph, "CREATE INDEX ON :DailyCharge(userId)");
            await RunAsync(graph, "CALL db.awaitIndex(':DailyCharge(userId)')");
            return new ChargeUserIndex(graph, string.Empty, "DROP INDEX ON :DailyCharge(userId)");
        }
        catch (ClientException exception) when (exception.Code == SyntaxError)
        {
            await RunAsync(graph, $"CREATE INDEX {Name} FOR (c:DailyCharge) ON (c.userId)");
            await RunAsync(graph, $"CALL db.awaitIndex('{Name}')");
            await PlanAsync(graph, query);
            return new ChargeUserIndex(graph, "CYPHER replan=skip ", $"DROP INDEX {Name}");
        }
    }

    public async ValueTask DisposeAsync() => await RunAsync(_graph, _drop);

    private static async Task PlanAsync(IDriver graph, string query)
    {
        await RunAsync(graph, "MATCH (u:User) WITH u LIMIT 20000 CREATE (u)-[:HAS_DAILY_CHARGE]->(:DailyCharge {chargeId: -u.userId, userId: u.userId})");
        await RunAsync(graph, $"CYPHER replan=force {query}", new Dictionary<string, object?> { ["rows"] = Array.Empty<string[]>() });
        await RunAsync(graph, "MATCH (c:DailyCharge) DETACH DELETE c");
    }

    private static async Task RunAsync(IDriver graph, string cypher, Dictionary<string, object?>? parameters = null)
    {
        await using var session = graph.AsyncSession();
        await (await session.RunAsync(cypher, parameters ?? [])).ConsumeAsync();
    }
}
