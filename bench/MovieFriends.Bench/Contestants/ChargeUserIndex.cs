using Neo4j.Driver;

namespace MovieFriends.Bench.Contestants;

/// <summary>
/// The index on the users of charges that the article of 2017 has; there as long as this is, for the product has none and must not pay
/// for it. It is created with the article's own kind of statement, which Neo4j 5 does not know any more, and that decides whether it is created:
/// before, the plan needs it; from then on the plan does without, or, if it is there while the graph has no charges, looks it up in a time
/// that grows with the square of the batch.
/// </summary>
internal sealed class ChargeUserIndex : IAsyncDisposable
{
    private const string SyntaxError = "Neo.ClientError.Statement.SyntaxError";

    private readonly IDriver _graph;

    private ChargeUserIndex(IDriver graph, bool exists) => (_graph, Exists) = (graph, exists);

    /// <summary>Whether the database knows the article's kind of statement.</summary>
    public bool Exists { get; }

    /// <summary>Creates the index, and waits until plans can use it: one that is made before would look at every charge for each row, and is kept.</summary>
    public static async Task<ChargeUserIndex> CreateAsync(IDriver graph)
    {
        try
        {
            await RunAsync(graph, "CREATE INDEX ON :DailyCharge(userId)");
            await RunAsync(graph, "CALL db.awaitIndex(':DailyCharge(userId)')");
            return new ChargeUserIndex(graph, exists: true);
        }
        catch (ClientException exception) when (exception.Code == SyntaxError)
        {
            return new ChargeUserIndex(graph, exists: false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Exists)
            await RunAsync(_graph, "DROP INDEX ON :DailyCharge(userId)");
    }

    private static async Task RunAsync(IDriver graph, string cypher)
    {
        await using var session = graph.AsyncSession();
        await (await session.RunAsync(cypher)).ConsumeAsync();
    }
}
