using MovieFriends.Contracts.Graph;
using MovieFriends.IntegrationTests.Infrastructure;
using MovieFriends.Neo4j;
using Neo4j.Driver;
using Xunit;

namespace MovieFriends.IntegrationTests;

[Trait(Suite.Trait, Suite.Compatibility)]
public sealed class GraphSchemaTests(RunningServers servers)
{
    private const string Label = "SchemaTest";
    private const string Property = "key";

    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_constraint_is_created_once()
    {
        await using var scenario = await Scenario.StartAsync(servers, users: 0, Cancellation);
        var label = $"{Label}{Guid.NewGuid():N}";

        Assert.Equal(1, await GraphSchema.EnsureUniqueAsync(scenario.Graph, database: null, label, Property));
        Assert.Equal(0, await GraphSchema.EnsureUniqueAsync(scenario.Graph, database: null, label, Property));
        await scenario.QueryAsync($"CREATE (:{label} {{{Property}: 1}})");
        await Assert.ThrowsAsync<ClientException>(() => scenario.QueryAsync($"CREATE (:{label} {{{Property}: 1}})"));

        // Another property of the label is another constraint.
        Assert.Equal(1, await GraphSchema.EnsureUniqueAsync(scenario.Graph, database: null, label, "other"));
    }

    // A paused process holds its transaction's locks, and a new constraint would wait for them.
    [Fact]
    public async Task A_service_that_starts_does_not_wait_for_the_transactions_of_others()
    {
        await using var scenario = await Scenario.StartAsync(servers, users: 0, Cancellation);
        await GraphSchema.EnsureAsync(scenario.Graph, database: null, GraphNames.Keys, Cancellation);
        await using var session = scenario.Graph.AsyncSession();
        await using var open = await session.BeginTransactionAsync();
        await (await open.RunAsync($"CREATE (:{GraphNames.User} {{{GraphNames.UserId}: 1}}), (:{GraphNames.DailyCharge} {{{GraphNames.ChargeId}: 1}}), (:{GraphNames.KafkaOffset} {{{GraphNames.Id}: '1'}})")).ConsumeAsync();

        Assert.Equal(0, await GraphSchema.EnsureAsync(scenario.Graph, database: null, GraphNames.Keys, Cancellation).WaitAsync(s_timeout, Cancellation));
    }
}
