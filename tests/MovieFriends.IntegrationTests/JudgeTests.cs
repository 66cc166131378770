using MovieFriends.Chaos.Judging;
using MovieFriends.IntegrationTests.Infrastructure;
using Xunit;
using static MovieFriends.IntegrationTests.Infrastructure.Scenario;

namespace MovieFriends.IntegrationTests;

/// <summary>The judge of the fault harness sees what is wrong, and nothing else.</summary>
[Trait(Suite.Trait, Suite.Compatibility)]
public sealed class JudgeTests(RunningServers servers)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_graph_and_dead_letters_that_are_right_are_found_right()
    {
        await using var scenario = await ConsumedAsync();
        var topic = Read(scenario);
        var graph = await GraphContent.CompareAsync(scenario.Graph, topic, scenario.Topic, Cancellation);
        var deadLetters = DeadLetters.Read(servers.Environment, servers.HasHeaders, scenario.DeadLetters, Cancellation);

        Assert.Equal((8, 5), (topic.Messages, graph.Found));
        Assert.Equal([], graph.Missing.Concat(graph.Different).Concat(graph.Unexpected).Concat(graph.Doubled));
        Assert.Empty(graph.LedgerOff);
        Assert.Equal(2, deadLetters.Count);
        var comparison = DeadLetters.Compare(topic.DeadLetters, deadLetters);
        Assert.Equal([], comparison.Missing.Concat(comparison.Doubled).Concat(comparison.Unexpected));
    }

    [Fact]
    public async Task What_is_missing_different_unexpected_doubled_or_behind_is_named()
    {
        await using var scenario = await ConsumedAsync();
        await scenario.QueryAsync("MATCH (c:DailyCharge {userId: 1000000}) DETACH DELETE c");
        await scenario.QueryAsync("MATCH (c:DailyCharge {userId: 1000001}) SET c.amountUSD = 9.0");
        await scenario.QueryAsync("MATCH (u:User {userId: 1000002})-[:HAS_DAILY_CHARGE]->(c) CREATE (u)-[:HAS_DAILY_CHARGE]->(c)");
        await scenario.QueryAsync("MATCH (u:User {userId: 1000009}) CREATE (u)-[:HAS_DAILY_CHARGE]->(:DailyCharge {chargeId: 100000920170112, userId: 1000009, date: '2017-01-12', amountUSD: 1.0, createdDate: 1.0})");
        await scenario.QueryAsync("MATCH (o:KafkaOffset) SET o.nextOffset = o.nextOffset - 1");

        var graph = await GraphContent.CompareAsync(scenario.Graph, Read(scenario), scenario.Topic, Cancellation);

        Assert.Equal([100000020170112], graph.Missing);
        Assert.Equal([100000120170112], graph.Different);
        Assert.Equal([100000220170112], graph.Doubled);
        Assert.Equal([100000920170112], graph.Unexpected);
        Assert.NotEmpty(graph.LedgerOff);
    }

    private TopicContent Read(Scenario scenario) =>
        TopicContent.Read(servers.Environment, servers.HasHeaders, scenario.Topic, scenario.Users, Cancellation);

    private async Task<Scenario> ConsumedAsync()
    {
        var scenario = await StartAsync(servers, users: 10, Cancellation);
        await scenario.ProduceAsync(
            [.. Enumerable.Range(0, 5).Select(i => Message(FirstUser + i, i, Noon)), Message(FirstUser + 4, 7, Noon + 1), "rubbish", Message(77, 7, Noon)]);
        await scenario.ConsumeAsync();
        return scenario;
    }
}
