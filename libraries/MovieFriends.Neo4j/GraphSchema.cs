using Neo4j.Driver;

namespace MovieFriends.Neo4j;

/// <summary>Uniqueness constraints, created by whoever starts first.</summary>
public static class GraphSchema
{
    /// <summary>Creates what is missing and waits until its indexes can be used. Safe to call at any time, by several services at once.</summary>
    /// <param name="driver">The server.</param>
    /// <param name="database">The database; none is the server's default.</param>
    /// <param name="keys">The properties that are unique among the nodes of a label.</param>
    /// <param name="cancellationToken">Ends it between two constraints.</param>
    /// <returns>How many constraints were missing.</returns>
    /// <exception cref="Neo4jException">The database refuses, for example because the data violates a constraint.</exception>
    public static async Task<int> EnsureAsync(IDriver driver, string? database, IEnumerable<(string Label, string Property)> keys, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var added = 0;
        foreach (var (label, property) in keys)
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

        // A new constraint waits for the transactions of others, before Neo4j 4.4 even if it is there already: one that is there is not asked for.
        try
        {
            return await IsUniqueAsync(session, label, property) ? 0 : await RunAsync(session, $"CREATE CONSTRAINT IF NOT EXISTS FOR (n:{Quote(label)}) REQUIRE n.{Quote(property)} IS UNIQUE");
        }
        catch (ClientException exception) when (exception.Code == "Neo.ClientError.Statement.SyntaxError")
        {
            // Before Neo4j 4.4; there, creating what exists already changes nothing.
            return await WasUniqueAsync(session, label, property) ? 0 : await RunAsync(session, $"CREATE CONSTRAINT ON (n:{Quote(label)}) ASSERT n.{Quote(property)} IS UNIQUE");
        }
    }

    /// <summary>Chooses the database of a session; none is the server's default.</summary>
    public static void ForDatabase(SessionConfigBuilder session, string? database)
    {
        if (!string.IsNullOrEmpty(database))
            session.WithDatabase(database);
    }

    // Names are not only letters, and none may become a part of the statement.
    private static string Quote(string name) => $"`{name.Replace("`", "``", StringComparison.Ordinal)}`";

    private static async Task<bool> IsUniqueAsync(IAsyncSession session, string label, string property)
    {
        var cursor = await session.RunAsync(
            """
            SHOW CONSTRAINTS YIELD type, labelsOrTypes, properties
            WHERE labelsOrTypes = [$label] AND properties = [$property] AND (type ENDS WITH 'UNIQUENESS' OR type = 'NODE_KEY')
            RETURN count(*) AS found
            """,
            new Dictionary<string, object> { ["label"] = label, ["property"] = property });
        return (await cursor.SingleAsync())["found"].As<long>() > 0;
    }

    // These versions tell of a constraint in the words that create it, with the label in small letters as the variable.
    private static async Task<bool> WasUniqueAsync(IAsyncSession session, string label, string property)
    {
        var cursor = await session.RunAsync("CALL db.constraints()");
        var constraints = await cursor.ToListAsync();
        return constraints.Exists(c => c["description"].As<string>() is var words
            && words.Contains($":{label} )", StringComparison.Ordinal)
            && words.Contains($".{property} IS UNIQUE", StringComparison.Ordinal));
    }

    private static async Task<int> RunAsync(IAsyncSession session, string cypher)
    {
        var cursor = await session.RunAsync(cypher);
        var summary = await cursor.ConsumeAsync();
        return summary.Counters.ConstraintsAdded;
    }
}
