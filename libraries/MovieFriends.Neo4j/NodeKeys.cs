using Neo4j.Driver;

namespace MovieFriends.Neo4j;

/// <summary>Looks at the keys of nodes that somebody else has written.</summary>
public static class NodeKeys
{
    /// <summary>Looks for a node whose key is a whole number; takes milliseconds where the first nodes have such keys.</summary>
    /// <param name="driver">The server.</param>
    /// <param name="database">The database; none is the server's default.</param>
    /// <param name="label">The label of the nodes.</param>
    /// <param name="property">The property that is their key.</param>
    /// <returns>If there are nodes, but none of that kind: the key of one of them. Else null.</returns>
    /// <exception cref="Neo4jException">The database does not answer.</exception>
    public static async Task<ForeignKey?> FindForeignAsync(IDriver driver, string? database, string label, string property)
    {
        ArgumentNullException.ThrowIfNull(driver);
        await using var session = driver.AsyncSession(o => GraphSchema.ForDatabase(o, database));

        // Plan: NodeByLabelScan, Limit.
        var some = await ReadAsync(session, $"MATCH (n:{label}) RETURN n.{property} AS key LIMIT 100");
        if (some.Count == 0 || some.Exists(key => key is long))
            return null;

        try
        {
            // Plan: NodeUniqueIndexSeekByRange, Limit, where there is the constraint; only asked if the first nodes that the database finds have other keys.
            if ((await ReadAsync(session, $"MATCH (n:{label}) WHERE n.{property} >= 0 RETURN n.{property} AS key LIMIT 1")).Count > 0)
                return null;
        }
        catch (ClientException exception) when (exception.Code == "Neo.ClientError.Statement.TypeError")
        {
            // Neo4j 3.1 compares no string with a number where it uses no index.
        }

        return new ForeignKey(some[0]);
    }

    private static async Task<List<object?>> ReadAsync(IAsyncSession session, string statement) =>
        (await (await session.RunAsync(statement)).ToListAsync()).ConvertAll(row => (object?)row["key"]);
}

/// <summary>A key that is no whole number.</summary>
/// <param name="Value">What it is; null if the node has none.</param>
public sealed record ForeignKey(object? Value);
