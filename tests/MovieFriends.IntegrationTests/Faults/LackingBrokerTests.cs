using System.Text;
using Confluent.Kafka;
using MovieFriends.Chaos.Servers;
using MovieFriends.Contracts.Topics;
using MovieFriends.IntegrationTests.Infrastructure;
using MovieFriends.Kafka;
using Xunit;
using static MovieFriends.IntegrationTests.Infrastructure.Scenario;

namespace MovieFriends.IntegrationTests.Faults;

/// <summary>Brokers that do not have all that Kafka has, such as those of cloud services that speak its protocol.</summary>
public sealed class LackingBrokerTests(RunningServers servers)
{
    private const string Apply = "Replayer:Apply=true";
    private const string NeedsTransactions = "A replay needs a broker with transactions";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(MockBroker.Request.InitProducerId)] // Kafka before 0.11.
    [InlineData(MockBroker.Request.AddPartitionsToTransaction, MockBroker.Request.EndTransaction)] // Event Hubs.
    public async Task Without_transactions_a_replay_ends_with_one_line_that_names_what_is_missing_and_the_way_out(params MockBroker.Request[] lacking)
    {
        using var broker = new MockBroker();
        await using var scenario = await StartAsync(broker);
        await LeaveDeadLetterAsync(scenario);
        broker.Lack(lacking);

        await using var replay = scenario.Start("replayer", Apply);

        await EndsWithAsync(replay, NeedsTransactions, "'rewind'");
    }

    [Fact]
    public async Task A_broker_that_knows_the_request_and_refuses_it_is_not_asked_for_ever()
    {
        using var broker = new MockBroker();
        await using var scenario = await StartAsync(broker);
        await LeaveDeadLetterAsync(scenario);
        broker.Answer(MockBroker.Request.InitProducerId, ErrorCode.UnsupportedVersion, times: 10_000);

        await using var replay = scenario.Start("replayer", Apply);

        await EndsWithAsync(replay, NeedsTransactions, "'rewind'");
    }

    [Fact]
    public async Task Without_transactions_a_dry_run_shows_what_is_there()
    {
        using var broker = new MockBroker();
        await using var scenario = await StartAsync(broker);
        await LeaveDeadLetterAsync(scenario);
        broker.Lack(MockBroker.Request.InitProducerId, MockBroker.Request.AddPartitionsToTransaction, MockBroker.Request.EndTransaction);

        Assert.Equal(1, (await scenario.RunAsync("replayer")).GetProperty("putBack").GetInt64());
    }

    [Fact]
    public async Task Without_idempotent_producers_a_producer_ends_with_the_setting_that_does_without()
    {
        using var broker = new MockBroker();
        await using var scenario = await StartAsync(broker);
        broker.Lack(MockBroker.Request.InitProducerId);
        string[] settings = ["Producer:Messages=20", "Producer:Users=10", "Topics:Create=false", "Topics:Headers=false"];

        await using var refused = scenario.Start("producer", settings);
        await EndsWithAsync(refused, "EnableIdempotence=false");

        var report = await scenario.RunAsync("producer", [.. settings, "Aspire:Confluent:Kafka:Producer:Config:EnableIdempotence=false"]);
        Assert.Equal(20, report.GetProperty("messages").GetInt64());
    }

    [Fact]
    public async Task Without_idempotent_producers_a_consumer_ends_at_its_first_dead_letter_with_the_setting_that_does_without()
    {
        using var broker = new MockBroker();
        await using var scenario = await StartAsync(broker);
        await scenario.ProduceAsync("rubbish", Message(FirstUser, 1, Noon));
        broker.Lack(MockBroker.Request.InitProducerId);
        string[] settings = ["Aspire:Confluent:Kafka:Consumer:Config:GroupProtocol=Classic", "Topics:Create=false", "Topics:Headers=false", "Consumer:StopAt=End", "Kafka:RefusalTimeout=00:00:01"];

        await using var refused = scenario.Start("consumer", settings);
        await EndsWithAsync(refused, "EnableIdempotence=false");

        var report = await scenario.RunAsync("consumer", [.. settings, "Aspire:Confluent:Kafka:Producer:Config:EnableIdempotence=false"]);
        Assert.Equal(1, report.GetProperty("deadLettered").GetInt64());
    }

    [Fact]
    public async Task Messages_that_retention_deleted_before_they_were_read_are_counted_by_the_verifier_which_is_not_content()
    {
        Assert.SkipUnless(servers.HasHeaders, "The broker has no such administration.");
        await using var scenario = await Scenario.StartAsync(servers, users: 40, Cancellation);
        using var topics = new TopicProbe(servers);
        await topics.CreateAsync(scenario.Topic, partitions: 1);
        await scenario.ProduceAsync(Enumerable.Range(0, 10).Select(i => Message(FirstUser + i, 1, Noon)));
        await scenario.ConsumeAsync();
        await scenario.ProduceAsync(Enumerable.Range(10, 10).Select(i => Message(FirstUser + i, 1, Noon)));
        await topics.DeleteMessagesAsync(scenario.Topic, before: 20);

        await using var verifier = scenario.Start("verifier", "Verifier:WaitSeconds=0");

        Assert.Equal(1, await verifier.ExitCodeAsync(Cancellation));
        Assert.Equal(1, verifier.Count($"10 messages of {scenario.Topic} partition 0 (offsets 10 to 19) were deleted by retention before the consumer had read them"));
    }

    private static async Task EndsWithAsync(InProcessService service, params IEnumerable<string> texts)
    {
        Assert.Equal(1, await service.ExitCodeAsync(Cancellation));
        var line = service.Log.FirstOrDefault(line => line.Contains("crit: ", StringComparison.Ordinal));
        Assert.True(line is not null && texts.All(text => line.Contains(text, StringComparison.Ordinal)), string.Join('\n', service.Log));
    }

    private static async Task LeaveDeadLetterAsync(Scenario scenario)
    {
        using var producer = new ProducerBuilder<byte[], byte[]>(new ProducerConfig(KafkaClientSettings.Producer(scenario.Environment)) { EnableIdempotence = false }).Build();
        var headers = new Headers();
        foreach (var (name, value) in new[]
        {
            (DeadLetterHeaders.SourceTopic, scenario.Topic), (DeadLetterHeaders.SourcePartition, "0"), (DeadLetterHeaders.SourceOffset, "0"),
            (DeadLetterHeaders.ErrorType, DeadLetterReasons.Malformed), (DeadLetterHeaders.ErrorMessage, "no charge"),
        })
            headers.Add(name, Encoding.UTF8.GetBytes(value));
        await producer.ProduceAsync(new TopicPartition(scenario.DeadLetters, 0), new() { Key = "k"u8.ToArray(), Value = "rubbish"u8.ToArray(), Headers = headers }, Cancellation);
    }

    private async Task<Scenario> StartAsync(MockBroker broker)
    {
        var environment = new Dictionary<string, string>(servers.DirectEnvironment) { ["ConnectionStrings__kafka"] = broker.Address };
        var scenario = await Scenario.StartAsync(environment, users: 10, Cancellation);
        broker.Create(scenario.Topic, scenario.DeadLetters);
        return scenario;
    }
}
