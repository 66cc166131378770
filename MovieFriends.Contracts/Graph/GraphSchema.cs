using Neo4j.Driver;

namespace MovieFriends.Contracts.Graph;

/// <summary>The graph's uniqueness constraints, created by whoever starts first.</summary>
public static class GraphSchema
{
    private static readonly (string Label, string Property)[] s_unique =
    [
        (GraphNames.User, GraphNames.UserId),
        (GraphNames.DailyCharge, GraphNames.ChargeId),
        (GraphNames.KafkaOffset, GraphNames.Id),
    ];

    /// <summary>Creates what is missing and waits until its indexes can be used. Safe to call at any time, by several services at once.</summary>
    /// <exception cref="Neo4jException">The database refuses, for example because the data violates a constraint.</exception>
    public static async Task EnsureAsync(IDriver driver, string? database, CancellationToken cancellationToken)
    {
        await using var session = driver.AsyncSession(o => ForDatabase(o, database));
        foreach (var (label, property) in s_unique)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await EnsureUniqueAsync(session, label, property);
        }
    }

    /// <summary>Chooses the database of a session; none is the server's default.</summary>
    public static void ForDatabase(SessionConfigBuilder session, string? database)
    {
        if (!string.IsNullOrEmpty(database))
            session.WithDatabase(database);
    }

    private static async Task EnsureUniqueAsync(IAsyncSession session, string label, string property)
    {
        try
        {
            await RunAsync(session, $"CREATE CONSTRAINT IF NOT EXISTS FOR (n:{label}) REQUIRE n.{property} IS UNIQUE");
        }
        catch (ClientException exception) when (exception.Code == "Neo.ClientError.Statement.SyntaxError")
        {
            // Before Neo4j 4.4; there, creating what exists already changes nothing.
            await RunAsync(session, $"CREATE CONSTRAINT ON (n:{label}) ASSERT n.{property} IS UNIQUE");
        }
    }

    private static async Task RunAsync(IAsyncSession session, string cypher)
    {
        var cursor = await session.RunAsync(cypher);
        await cursor.ConsumeAsync();
    }
}
