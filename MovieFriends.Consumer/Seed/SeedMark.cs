using MovieFriends.Contracts.Graph;
using MovieFriends.Neo4j;
using Neo4j.Driver;

namespace MovieFriends.Consumer.Seed;

/// <summary>The seeder's mark in the graph that all users are there.</summary>
internal sealed class SeedMark(IDriver driver, Neo4jDriverSettings settings, GraphRetry retry, Neo4jTelemetry telemetry)
{
    // Plan: NodeUniqueIndexSeek; before a seeder has made the index, NodeByLabelScan over no node.
    private static readonly GraphQuery s_read = new("MATCH SeedCompletion", "MATCH (m:SeedCompletion {id: $id}) RETURN m.users AS users");

    private static readonly Dictionary<string, object?> s_parameters = new() { ["id"] = GraphNames.UsersAreComplete };

    /// <summary>Looks for the mark, however long it takes to reach the database.</summary>
    /// <returns>How many users there are; null if there is no mark.</returns>
    /// <exception cref="Extensions.FatalException">The database refuses for a reason that no repetition mends.</exception>
    public Task<long?> ReadAsync(CancellationToken cancellationToken) => retry.RunAsync(
        async () =>
        {
            await using var session = driver.AsyncSession(o => GraphSchema.ForDatabase(o, settings.Database));
            var rows = await s_read.ListAsync(session, s_parameters, telemetry);
            return rows.Count == 0 ? (long?)null : rows[0]["users"].As<long>();
        },
        cancellationToken);
}
