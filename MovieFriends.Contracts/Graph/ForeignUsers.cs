using Neo4j.Driver;

namespace MovieFriends.Contracts.Graph;

/// <summary>Graphs whose users no charge can name: charges name them by whole numbers.</summary>
public static class ForeignUsers
{
    // Plan: NodeByLabelScan, Limit.
    private const string FindSome = "MATCH (u:User) RETURN u.userId AS userId LIMIT 100";

    // Plan: NodeUniqueIndexSeekByRange, Limit, where there is the constraint; only asked if the first users that the database finds are none of ours.
    private const string FindOurs = "MATCH (u:User) WHERE u.userId >= 0 RETURN u.userId AS userId LIMIT 1";

    /// <summary>Looks for a user that a charge can name; takes milliseconds where the first users are such ones.</summary>
    /// <returns>If there are users, but none of that kind: what they have instead, and the way out. Else null.</returns>
    /// <exception cref="Neo4jException">The database does not answer.</exception>
    public static async Task<string?> FindAsync(IDriver driver, string? database)
    {
        ArgumentNullException.ThrowIfNull(driver);
        await using var session = driver.AsyncSession(o => GraphSchema.ForDatabase(o, database));
        var some = await ReadAsync(session, FindSome);
        if (some.Count == 0 || some.Exists(user => user is long))
            return null;

        try
        {
            if ((await ReadAsync(session, FindOurs)).Count > 0)
                return null;
        }
        catch (ClientException exception) when (exception.Code == "Neo.ClientError.Statement.TypeError")
        {
            // Neo4j 3.1 compares no string with a number where it uses no index.
        }

        return Explain(some[0]);
    }

    internal static string Explain(object? userId)
    {
        var what = userId switch
        {
            null => "The nodes with the label User have no userId in this graph",
            string text => $"userId is a string in this graph ('{text}')",
            _ => $"userId is no whole number in this graph ({userId})",
        };
        return $"{what}. Charges name their users by whole numbers, and would find none. If they are numbers in another form: MATCH (u:User) SET u.userId = toInteger(u.userId).";
    }

    private static async Task<List<object?>> ReadAsync(IAsyncSession session, string statement) =>
        (await (await session.RunAsync(statement)).ToListAsync()).ConvertAll(row => (object?)row["userId"]);
}
