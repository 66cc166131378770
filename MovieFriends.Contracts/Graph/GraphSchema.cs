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
    /// <returns>How many constraints were missing.</returns>
    /// <exception cref="Neo4jException">The database refuses, for example because the data violates a constraint.</exception>
    public static async Task<int> EnsureAsync(IDriver driver, string? database, CancellationToken cancellationToken)
    {
        var added = 0;
        foreach (var (label, property) in s_unique)
        {
            cancellationToken.ThrowIfCancellationRequested();
            added += await EnsureUniqueAsync(driver, database, label, property);
        }

        return added;
    }

    /// <summary>Makes one property unique among the nodes of a label.</summary>
    /// <returns>1 if the constraint was missing, else 0.</returns>
    /// <exception cref="Neo4jException">The database refuses, for example because the data violates the constraint.</exception>
    public static async Task<int> EnsureUniqueAsync(IDriver driver, string? database, string label, string property)
    {
        ArgumentNullException.ThrowIfNull(driver);
        await using var session = driver.AsyncSession(o => ForDatabase(o, database));
        try
        {
            return await RunAsync(session, $"CREATE CONSTRAINT IF NOT EXISTS FOR (n:{label}) REQUIRE n.{property} IS UNIQUE");
        }
        catch (ClientException exception) when (exception.Code == "Neo.ClientError.Statement.SyntaxError")
        {
            // Before Neo4j 4.4; there, creating what exists already changes nothing.
            return await RunAsync(session, $"CREATE CONSTRAINT ON (n:{label}) ASSERT n.{property} IS UNIQUE");
        }
    }

    /// <summary>Chooses the database of a session; none is the server's default.</summary>
    public static void ForDatabase(SessionConfigBuilder session, string? database)
    {
        if (!string.IsNullOrEmpty(database))
            session.WithDatabase(database);
    }

    private static async Task<int> RunAsync(IAsyncSession session, string cypher)
    {
        var cursor = await session.RunAsync(cypher);
        var summary = await cursor.ConsumeAsync();
        return summary.Counters.ConstraintsAdded;
    }
}
