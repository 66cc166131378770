using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using MovieFriends.IntegrationTests.Infrastructure;
using MovieFriends.Neo4j;
using MovieFriends.Seeder;
using MovieFriends.Seeder.Generation;
using MovieFriends.Seeder.Graph;
using Xunit;
using static MovieFriends.IntegrationTests.Infrastructure.Scenario;

namespace MovieFriends.IntegrationTests;

[Trait(Suite.Trait, Suite.Compatibility)]
public sealed class SeederTests(RunningServers servers)
{
    private const int Users = 10;
    private const int Commits = 40;

    private static readonly SeederOptions s_options = new() { Users = Users };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_seeder_that_looks_while_another_one_writes_does_not_take_its_users_for_another_tool_s()
    {
        await using var scenario = await StartAsync(servers, Users, Cancellation, seed: false);
        var graph = Graph(scenario);
        await graph.EnsureSchemaAsync(Cancellation);
        var plan = new ComponentPlan(Users);

        for (var i = 0; i < Commits; i++)
        {
            var writing = WriteAllAsync(graph, plan);
            while (!writing.IsCompleted)
                await graph.InspectAsync(plan, Cancellation);

            await writing;
            await scenario.QueryAsync("MATCH (n) DETACH DELETE n");
        }
    }

    [Fact]
    public async Task Seeders_that_start_at_the_same_time_build_one_graph()
    {
        await using var scenario = await StartAsync(servers, Users, Cancellation, seed: false);

        await using var one = scenario.Start("seeder");
        await using var other = scenario.Start("seeder");

        foreach (var seeder in new[] { one, other })
        {
            await seeder.ReportAsync(Cancellation);
            Assert.Equal(1, seeder.Count($"{Users} users and {Users - 1} KNOWS relationships"));
        }

        Assert.Equal((long)Users, (await scenario.QueryAsync("MATCH (u:User) RETURN count(u) AS users"))[0]["users"]);
    }

    // What the other seeder's whole work is for so few users: one transaction.
    private static async Task WriteAllAsync(SeedGraph graph, ComponentPlan plan)
    {
        foreach (var batch in ComponentBatches.Generate(plan, component: 0, next: 0, s_options).Batches)
            await graph.WriteAsync(batch, Users, new StepCounters(), Cancellation);
    }

    private static SeedGraph Graph(Scenario scenario) => new(
        scenario.Graph, new Neo4jDriverSettings(), new GraphRetry(TimeProvider.System, NullLogger<GraphRetry>.Instance, "graph"), Neo4jTelemetry.None, Options.Create(s_options), TimeProvider.System);
}
