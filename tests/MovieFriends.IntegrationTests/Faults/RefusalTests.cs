using Confluent.Kafka;
using MovieFriends.Chaos.Servers;
using MovieFriends.IntegrationTests.Infrastructure;
using Xunit;
using static MovieFriends.IntegrationTests.Infrastructure.Scenario;

namespace MovieFriends.IntegrationTests.Faults;

/// <summary>What Kafka and the database refuse, and only a person can mend.</summary>
public sealed class RefusalTests(RunningServers servers)
{
    private const string Classic = "Aspire:Confluent:Kafka:Consumer:Config:GroupProtocol=Classic";
    private const string Newer = "Aspire:Confluent:Kafka:Consumer:Config:GroupProtocol=Consumer";
    private const string Soon = "Kafka:RefusalTimeout=00:00:02";
    private const int All = 10_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_group_with_members_that_share_partitions_in_another_way_ends_the_consumer_with_the_way_out()
    {
        await using var scenario = await Scenario.StartAsync(servers, users: 10, Cancellation);
        await scenario.ProduceAsync(Message(FirstUser, 1, Noon));
        using var member = new ConsumerBuilder<Ignore, Ignore>(new ConsumerConfig(KafkaClientSettings.Consumer(servers.Environment))
        {
            GroupId = "mixed",
            GroupProtocol = GroupProtocol.Classic,
            PartitionAssignmentStrategy = PartitionAssignmentStrategy.Range,
        }).Build();
        member.Subscribe(scenario.Topic);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var polling = Task.Run(() => Poll(member, stop.Token), Cancellation);
        await Wait.UntilAsync("the other member has its partitions", TimeSpan.FromSeconds(30), () => Task.FromResult(member.Assignment.Count > 0), Cancellation);

        await using var consumer = scenario.Start("consumer", "Consumer:GroupId=mixed", Classic, Soon);

        Assert.Equal(1, await consumer.ExitCodeAsync(Cancellation));
        AssertSays(consumer, $"Kafka refuses (reading topic {scenario.Topic} in group mixed): JoinGroup failed: Broker: Inconsistent group protocol. Stop the members");
        await stop.CancelAsync();
        await polling;
        member.Close();
    }

    [Theory]
    [InlineData(MockBroker.Request.JoinGroup, ErrorCode.GroupAuthorizationFailed)]
    [InlineData(MockBroker.Request.JoinGroup, ErrorCode.InvalidSessionTimeout)]
    [InlineData(MockBroker.Request.Fetch, ErrorCode.TopicAuthorizationFailed)]
    public async Task A_refusal_that_lasts_ends_the_consumer_with_one_line(MockBroker.Request request, ErrorCode error)
    {
        using var broker = new MockBroker();
        await using var scenario = await StartAsync(broker);
        broker.Answer(request, error, All);

        await using var consumer = scenario.Start("consumer", Classic, Soon, "Topics:Create=false", "Topics:Headers=false");

        Assert.Equal(1, await consumer.ExitCodeAsync(Cancellation));
        AssertSays(consumer, new Error(error).Reason);
    }

    [Theory]
    [InlineData(MockBroker.Request.JoinGroup, ErrorCode.GroupAuthorizationFailed)]
    [InlineData(MockBroker.Request.JoinGroup, ErrorCode.GroupLoadInProgress)]
    [InlineData(MockBroker.Request.Fetch, ErrorCode.NotLeaderForPartition)]
    public async Task What_passes_within_the_time_ends_nothing(MockBroker.Request request, ErrorCode error)
    {
        using var broker = new MockBroker();
        await using var scenario = await StartAsync(broker);
        broker.Answer(request, error, times: 2);

        await using var consumer = scenario.Start("consumer", Classic, "Topics:Create=false", "Topics:Headers=false");
        await scenario.ProduceAsync(Message(FirstUser, 1, Noon));

        await scenario.ChargesReachAsync(1, consumer);
    }

    [Fact]
    public async Task What_ends_nothing_but_the_client_is_waited_out_with_a_new_one()
    {
        using var broker = new MockBroker();
        await using var scenario = await StartAsync(broker);
        broker.Answer(MockBroker.Request.ConsumerGroupHeartbeat, ErrorCode.GroupMaxSizeReached, times: 1);

        await using var consumer = scenario.Start("consumer", Newer, "Topics:Create=false", "Topics:Headers=false");
        await consumer.LineAsync("Kafka's client has stopped: ConsumerGroupHeartbeat fatal error: Broker: Consumer group has reached maximum size.", Cancellation);
        await scenario.ProduceAsync(Message(FirstUser, 1, Noon));
        await scenario.ChargesReachAsync(1, consumer);

        // And so with partitions in hand.
        broker.Answer(MockBroker.Request.ConsumerGroupHeartbeat, ErrorCode.GroupIdNotFound, times: 1);
        await consumer.LineAsync("no longer knows it: ConsumerGroupHeartbeat fatal error: Broker: The group id does not exist.", Cancellation);
        await scenario.ProduceAsync(Message(FirstUser + 1, 1, Noon));
        await scenario.ChargesReachAsync(2, consumer);
    }

    [Fact]
    public async Task A_refusal_that_ends_the_client_ends_the_consumer_with_the_way_out()
    {
        using var broker = new MockBroker();
        await using var scenario = await StartAsync(broker);
        broker.Answer(MockBroker.Request.ConsumerGroupHeartbeat, ErrorCode.GroupAuthorizationFailed, times: 1);

        await using var consumer = scenario.Start("consumer", Newer, "Topics:Create=false", "Topics:Headers=false");

        Assert.Equal(1, await consumer.ExitCodeAsync(Cancellation));
        Assert.Contains(consumer.Log, line => line.Contains($"Kafka refuses (reading topic {scenario.Topic} in group moviefriends): ", StringComparison.Ordinal) && line.Contains("docs/security.md", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ErrorCode.TopicAuthorizationFailed)]
    [InlineData(ErrorCode.PolicyViolation)]
    public async Task A_producer_whose_messages_are_refused_sends_no_more_and_ends(ErrorCode error)
    {
        using var broker = new MockBroker();
        await using var scenario = await StartAsync(broker);
        broker.Answer(MockBroker.Request.Produce, error, All);

        await using var producer = scenario.Start("producer", "Producer:Mode=Live", "Producer:Rate=100", "Producer:Users=10", "Topics:Create=false", "Topics:Headers=false");

        Assert.Equal(1, await producer.ExitCodeAsync(Cancellation));
        Assert.True(producer.Log.Any(line => line.Contains("crit: ", StringComparison.Ordinal) && line.Contains($"Kafka refuses (sending messages): {new Error(error).Reason}", StringComparison.Ordinal)), string.Join('\n', producer.Log));
        Assert.Contains(producer.Log, line => line.Contains("are not confirmed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task More_replicas_than_there_are_brokers_are_waited_for_with_both_numbers()
    {
        Assert.SkipUnless(servers.HasHeaders, "A broker before Kafka 0.10.1 makes no topics by request.");
        await using var scenario = await Scenario.StartAsync(servers, users: 0, Cancellation);
        await using var producer = scenario.Start("producer", "Topics:ReplicationFactor=3", "Producer:Messages=1");

        await producer.LineAsync("Topics:ReplicationFactor = 3 asks for as many brokers for a new topic, and Kafka has 1.", Cancellation);

        Assert.False(producer.HasExited);
        producer.Terminate();
        Assert.Equal(0, await producer.ExitCodeAsync(Cancellation));
    }

    [Theory]
    [Trait(Suite.Trait, Suite.Compatibility)]
    [InlineData("consumer", "DailyCharge", "chargeId")]
    [InlineData("seeder", "User", "userId")]
    public async Task Two_nodes_that_must_be_one_end_the_service_with_a_line_that_names_them(string service, string label, string property)
    {
        await using var scenario = await Scenario.StartAsync(servers, users: 0, Cancellation);
        await scenario.DropUniqueAsync(label, property);
        await scenario.QueryAsync($"CREATE (:{label} {{{property}: 5}}), (:{label} {{{property}: 5}})");
        var ids = (await scenario.QueryAsync($"MATCH (n:{label}) RETURN id(n) AS id")).ConvertAll(row => row["id"].ToString()!);
        await scenario.ProduceAsync(Message(FirstUser, 1, Noon));

        await using var run = scenario.Start(service, "Seeder:Users=10");

        Assert.Equal(1, await run.ExitCodeAsync(Cancellation));
        var line = Assert.Single(run.Log, line => line.Contains("crit: ", StringComparison.Ordinal));
        Assert.All(ids, id => Assert.Contains(id, line, StringComparison.Ordinal));
        Assert.Contains("The graph breaks a rule that this service needs", line, StringComparison.Ordinal);
        Assert.Contains("Delete one of the nodes", line, StringComparison.Ordinal);
    }

    // Told as a warning when it begins, which a partition whose answer was on its way can interrupt, and once as what ended the service.
    private static void AssertSays(InProcessService service, string text)
    {
        var lines = service.Log.Where(line => line.Contains(text, StringComparison.Ordinal)).ToArray();
        Assert.True(
            lines.Length >= 2 && lines[..^1].All(line => line.Contains("warn: ", StringComparison.Ordinal)) && lines[^1].Contains("crit: ", StringComparison.Ordinal),
            string.Join("\n", service.Log));
    }

    private async Task<Scenario> StartAsync(MockBroker broker)
    {
        var environment = new Dictionary<string, string>(servers.DirectEnvironment) { ["ConnectionStrings__kafka"] = broker.Address };
        var scenario = await Scenario.StartAsync(environment, users: 10, Cancellation);
        broker.Create(scenario.Topic, scenario.DeadLetters);
        return scenario;
    }

    private static void Poll(IConsumer<Ignore, Ignore> member, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
            member.Consume(TimeSpan.FromMilliseconds(50));
    }
}
