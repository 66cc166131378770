using MovieFriends.IntegrationTests.Infrastructure;
using Neo4j.Driver;
using Xunit;
using static MovieFriends.IntegrationTests.Infrastructure.Scenario;

namespace MovieFriends.IntegrationTests;

/// <summary>Graphs that others write, too.</summary>
public sealed class ForeignGraphTests(RunningServers servers)
{
    private const int Users = 10;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    [Trait(Suite.Trait, Suite.Compatibility)]
    public async Task Charges_of_another_tool_are_counted_and_named_and_left_alone()
    {
        await using var scenario = await Scenario.StartAsync(servers, Users, Cancellation);
        await scenario.QueryAsync("CREATE (:DailyCharge {amountUSD: 1.0}), (:DailyCharge {chargeId: 'a'}), (:User {name: 'x'})-[:HAS_DAILY_CHARGE]->(:DailyCharge)");
        await scenario.ProduceAsync(Message(FirstUser, 1, Noon));
        await scenario.ConsumeAsync();

        await using var verifier = scenario.Start("verifier");

        Assert.True((await verifier.ReportAsync(Cancellation)).GetProperty("ok").GetBoolean());
        Assert.Equal(1, verifier.Count("3 nodes with the label DailyCharge are another tool's"));
    }

    [Fact]
    public async Task A_charge_of_ours_that_has_lost_its_amount_is_a_difference()
    {
        await using var scenario = await Scenario.StartAsync(servers, Users, Cancellation);
        await scenario.ProduceAsync(Message(FirstUser, 1, Noon));
        await scenario.ConsumeAsync();
        await scenario.QueryAsync("MATCH (c:DailyCharge) REMOVE c.amountUSD");

        await using var verifier = scenario.Start("verifier");

        Assert.Equal(1, await verifier.ExitCodeAsync(Cancellation));
        Assert.Equal(1, verifier.Count("1 charges are in the graph with another amount or time"));
    }

    [Theory]
    [Trait(Suite.Trait, Suite.Compatibility)]
    [InlineData("consumer")]
    [InlineData("verifier")]
    [InlineData("seeder")]
    public async Task A_graph_whose_users_have_strings_as_ids_ends_the_service_with_a_line_that_says_so(string service)
    {
        await using var scenario = await Scenario.StartAsync(servers, users: 0, Cancellation);
        await scenario.QueryAsync("CREATE (:User {userId: '7'})");
        await scenario.ProduceAsync(Message(7, 1, Noon));

        await using var run = scenario.Start(service, "Seeder:Mode=Existing");

        Assert.Equal(1, await run.ExitCodeAsync(Cancellation));
        Assert.Contains("userId is a string in this graph ('7')", Assert.Single(run.Log, line => line.Contains("crit: ", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_users_of_their_own_charges_are_streamed_and_the_users_stay()
    {
        await using var scenario = await Scenario.StartAsync(servers, users: 0, Cancellation);
        await scenario.QueryAsync("CREATE (:User {userId: 7, name: 'Ada'})-[:KNOWS]->(:User {userId: 8})");

        var seeded = await scenario.RunAsync("seeder", "Seeder:Mode=Existing");
        await scenario.ProduceAsync(Message(7, 1, Noon));
        await scenario.ConsumeAsync();

        Assert.True(seeded.GetProperty("skipped").GetBoolean());
        Assert.Equal((2, 1), (seeded.GetProperty("users").GetInt64(), seeded.GetProperty("knows").GetInt64()));
        Assert.True((await scenario.VerifyAsync()).GetProperty("ok").GetBoolean());
        Assert.Equal("Ada", (await scenario.QueryAsync("MATCH (u:User)-[:HAS_DAILY_CHARGE]->() RETURN u.name AS name"))[0]["name"].As<string>());
    }

    [Fact]
    public async Task The_seeder_says_how_much_a_reset_would_delete()
    {
        await using var scenario = await Scenario.StartAsync(servers, users: 0, Cancellation);
        await scenario.QueryAsync("CREATE (:User {userId: 7})-[:KNOWS]->(:User {userId: 8})-[:HAS_DAILY_CHARGE]->(:DailyCharge {chargeId: 1})");

        await using var seeder = scenario.Start("seeder", "Seeder:Users=10");

        Assert.Equal(1, await seeder.ExitCodeAsync(Cancellation));
        var line = Assert.Single(seeder.Log, line => line.Contains("crit: ", StringComparison.Ordinal));
        Assert.Contains("Seeder:Mode=Existing", line, StringComparison.Ordinal);
        Assert.Contains("deletes all 2 users (2 of them not the seeder's), 1 KNOWS relationships, 1 charges and the ledger", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_topics_in_one_graph_each_verifier_judges_its_own()
    {
        await using var scenario = await Scenario.StartAsync(servers, Users, Cancellation);
        string[] other = [$"Topics:Charges={scenario.Topic}-b", $"Topics:DeadLetters={scenario.Topic}-b.dead-letter", "Consumer:GroupId=b"];
        await scenario.ProduceAsync(Message(FirstUser, 1, Noon), Message(FirstUser + 1, 1, Noon));
        await scenario.ConsumeAsync();
        await scenario.RunAsync("producer", [.. other, "Producer:Messages=5", $"Producer:Users={Users}"]);
        await scenario.RunAsync("consumer", [.. other, "Consumer:StopAt=End"]);

        await using var one = scenario.Start("verifier");
        await using var two = scenario.Start("verifier", other);

        foreach (var verifier in new[] { one, two })
        {
            Assert.True((await verifier.ReportAsync(Cancellation)).GetProperty("ok").GetBoolean());
            Assert.Equal(1, verifier.Count("judged: the graph has messages of other topics, too"));
        }

        // What is missing is missed all the same.
        await scenario.QueryAsync($"MATCH (c:DailyCharge) WHERE c.userId = {FirstUser + 1} DETACH DELETE c");
        await using var third = scenario.Start("verifier");
        Assert.Equal(1, await third.ExitCodeAsync(Cancellation));
    }

    [Fact]
    public async Task A_compacted_topic_is_said_to_be_one()
    {
        Assert.SkipUnless(servers.HasHeaders, "A broker before Kafka 0.11 does not tell a topic's settings.");
        await using var scenario = await Scenario.StartAsync(servers, Users, Cancellation);
        using var topics = new TopicProbe(servers);
        await topics.CreateAsync(scenario.Topic, partitions: 1, compacted: true);
        await scenario.ProduceAsync(Message(FirstUser, 1, Noon));
        await scenario.ConsumeAsync();

        await using var verifier = scenario.Start("verifier");

        Assert.True((await verifier.ReportAsync(Cancellation)).GetProperty("ok").GetBoolean());
        Assert.Equal(1, verifier.Count("the topic is compacted (cleanup.policy)"));
    }
}
