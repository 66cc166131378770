using System.Text;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using MovieFriends.Chaos.Servers;
using MovieFriends.Contracts.Topics;
using MovieFriends.IntegrationTests.Infrastructure;
using MovieFriends.Kafka;
using Xunit;
using static MovieFriends.IntegrationTests.Infrastructure.Scenario;

namespace MovieFriends.IntegrationTests.Faults;

/// <summary>What is done to topics.</summary>
public sealed class TopicFaultTests(RunningServers servers)
{
    private const int Users = 500;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Consumer")] // The group assigns partitions by the topic's id.
    [InlineData("Classic")] // It assigns them by the topic's name: only the consumer's own look tells.
    public async Task A_topic_that_is_deleted_and_created_again_under_a_consumer_is_an_error_with_the_way_out(string groupProtocol)
    {
        await using var scenario = await StartAsync(messages: 400);
        await using var consumer = scenario.Start("consumer", $"Aspire:Confluent:Kafka:Consumer:Config:GroupProtocol={groupProtocol}");
        await scenario.ChargesReachAsync(400);
        using var admin = Admin();
        await admin.DeleteTopicsAsync([scenario.Topic]);
        await Wait.UntilAsync("the topic is created again", TimeSpan.FromSeconds(30), () => TryCreateAsync(admin, scenario.Topic, 4), Cancellation);
        await scenario.ProduceAsync(Charges(0, 500, day: 1));

        Assert.Equal(1, await consumer.ExitCodeAsync(Cancellation));
        Assert.Contains(consumer.Log, line => line.Contains("was deleted and created again", StringComparison.Ordinal) && line.Contains("DELETE o", StringComparison.Ordinal));

        // The way out.
        await scenario.QueryAsync("MATCH (o:KafkaOffset) DELETE o");
        await scenario.ConsumeAsync();
        Assert.Equal(900, await scenario.ChargeCountAsync());
    }

    [Fact]
    public async Task Messages_behind_those_that_a_consumer_stops_after_are_left_to_the_next()
    {
        await using var scenario = await StartAsync(messages: 400);
        await scenario.ConsumeAsync("Consumer:StopAfter=50");

        Assert.Equal(50, (await scenario.LedgerAsync()).Values.Sum());
        await scenario.ConsumeAsync();
        Assert.Equal(400, await scenario.ChargeCountAsync());
    }

    [Fact]
    public async Task Messages_that_retention_deletes_under_a_running_consumer_are_passed_over_if_the_policy_lets_them()
    {
        await using var scenario = await StartAsync(messages: 0);
        await using var consumer = scenario.Start("consumer", "Consumer:OnGap=Skip", "Consumer:MaxWaitingMessages=20");
        await consumer.LineAsync("Partitions assigned", Cancellation);
        await using (await scenario.LockAsync("MATCH (u:User) SET u.locked = true"))
        {
            await scenario.ProduceAsync(Charges(0, 400, day: 0));
            using var admin = Admin();
            await admin.DeleteRecordsAsync(Enumerable.Range(0, 4).Select(p => new TopicPartitionOffset(scenario.Topic, p, 60)));
        }

        await scenario.ProduceAsync(Charges(0, 400, day: 1));

        await Wait.UntilAsync("the ledger is at the end", TimeSpan.FromMinutes(1), async () => (await scenario.LedgerAsync()).Sum(p => p.Value) == 800, Cancellation);
        await consumer.StopInOrderAsync(Cancellation);
        Assert.InRange(consumer.Count("are skipped: retention deleted offsets"), 1, 4);
        Assert.InRange(await scenario.ChargeCountAsync(), 800 - (4 * 60), 800 - 1);
    }

    [Fact]
    public async Task A_dead_letter_that_its_topic_does_not_take_is_cut_short_and_says_so()
    {
        await using var scenario = await Scenario.StartAsync(servers, Users, Cancellation);
        RequireModernBroker();
        using var admin = Admin();
        await admin.CreateTopicsAsync([new TopicSpecification
        {
            Name = scenario.DeadLetters, NumPartitions = 1, Configs = new() { ["max.message.bytes"] = "5000" },
        }]);
        await scenario.ProduceAsync(new string('x', 20_000), "short", Message(FirstUser, 1, Noon));

        await scenario.ConsumeAsync();

        var deadLetters = scenario.AllDeadLetters().ToDictionary(deadLetter => deadLetter.Value.Length);
        Assert.Equal([5, 1_000], deadLetters.Keys.Order());
        Assert.Equal("40000", Encoding.UTF8.GetString(deadLetters[1_000].Headers.GetLastBytes(DeadLetterHeaders.OriginalSize)));
        Assert.Equal(1, await scenario.ChargeCountAsync());
    }

    private static IEnumerable<string> Charges(int from, int to, int day) =>
        Enumerable.Range(from, to - from).Select(i => Message(FirstUser + i, i % 50, Noon + (day * Day)));

    private static void RequireModernBroker(bool has) => Assert.SkipUnless(has, "The broker has no such administration.");

    private void RequireModernBroker() => RequireModernBroker(servers.HasHeaders);

    private async Task<Scenario> StartAsync(int messages)
    {
        RequireModernBroker();
        var scenario = await Scenario.StartAsync(servers, Users, Cancellation);
        await scenario.ProduceAsync(Charges(0, messages, day: 0));
        return scenario;
    }

    private IAdminClient Admin() => new AdminClientBuilder(KafkaClientSettings.Admin(servers.Environment)).Build();

    private static async Task<bool> TryCreateAsync(IAdminClient admin, string topic, int partitions)
    {
        try
        {
            await admin.CreateTopicsAsync([new TopicSpecification { Name = topic, NumPartitions = partitions }]);
            return true;
        }
        catch (CreateTopicsException)
        {
            // Its deletion is not over.
            return false;
        }
    }
}
