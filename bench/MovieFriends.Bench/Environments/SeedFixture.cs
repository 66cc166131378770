using System.Globalization;
using MovieFriends.Bench.Rounds;
using MovieFriends.Contracts.Graph;
using MovieFriends.Neo4j;
using MovieFriends.Seeder.Generation;
using MovieFriends.Seeder.Graph;
using Neo4j.Driver;

namespace MovieFriends.Bench.Environments;

/// <summary>An empty graph with its constraints; after a run it holds all users, and whom they know.</summary>
internal sealed class SeedFixture(BenchEnvironment environment) : IFixture
{
    // In portions: what one transaction deletes must fit into the server's memory.
    private const long NodesPerTransaction = 10_000;

    private static readonly string[] s_labels = [SeedQueries.ComponentLabel, GraphNames.KafkaOffset, GraphNames.DailyCharge, GraphNames.User];
    private static readonly Dictionary<string, object?> s_none = [];

    private readonly ComponentPlan _plan = new(environment.Options.GraphUsers);

    public async Task ResetAsync(CancellationToken cancellationToken)
    {
        await using var session = environment.Graph.AsyncSession();
        foreach (var label in s_labels)
        {
            while (await DeleteSomeAsync(session, label) > 0)
                cancellationToken.ThrowIfCancellationRequested();
        }

        await GraphSchema.EnsureAsync(environment.Graph, database: null, GraphNames.Keys, cancellationToken);
        await GraphSchema.EnsureUniqueAsync(environment.Graph, database: null, SeedQueries.ComponentLabel, SeedQueries.ComponentKey);
    }

    public async Task<IReadOnlyList<string>> FindDifferencesAsync(CancellationToken cancellationToken)
    {
        await using var session = environment.Graph.AsyncSession();
        var users = (await SeedQueries.CountUsers.ListAsync(session, s_none, Neo4jTelemetry.None))[0]["count"].As<long>();
        var knows = (await SeedQueries.CountKnows.ListAsync(session, s_none, Neo4jTelemetry.None))[0]["count"].As<long>();
        return [.. Difference("users", users, _plan.Users), .. Difference("KNOWS relationships", knows, _plan.Knows)];
    }

    private static IEnumerable<string> Difference(string what, long found, long expected) =>
        found == expected ? [] : [string.Create(CultureInfo.InvariantCulture, $"{found} {what} instead of {expected}")];

    private static async Task<int> DeleteSomeAsync(IAsyncSession session, string label)
    {
        var summary = await SeedQueries.DeleteSome(label).ExecuteAsync(session, new Dictionary<string, object?> { ["limit"] = NodesPerTransaction }, Neo4jTelemetry.None);
        return summary.Counters.NodesDeleted;
    }
}
