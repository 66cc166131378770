using System.Text;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MovieFriends.Extensions;
using MovieFriends.Kafka;
using MovieFriends.Producer.Sending;
using MovieFriends.Producer.Telemetry;
using Xunit;

namespace MovieFriends.UnitTests.Producer;

/// <summary>Against the broker that the client library brings for tests.</summary>
[Collection(nameof(ListensToTraces))]
public sealed class MessageSenderTests : IDisposable
{
    private const string Topic = "charges";
    private const int Partitions = 4;

    private readonly TopicSettings _topic = new(Topic, $"{Topic}.dead-letter", 1);
    private readonly IProducer<string, string> _other;
    private readonly string _broker;
    private readonly ProducerTelemetry _telemetry;
    private readonly SendSpans _spans;
    private readonly DeliveryCounter _counter;
    private LoadClient? _client;

    public MessageSenderTests()
    {
        var config = new ProducerConfig { BootstrapServers = "127.0.0.1:1" };
        config.Set("test.mock.num.brokers", "1");
        _other = new ProducerBuilder<string, string>(config).SetLogHandler((_, _) => { }).Build();
        using var admin = new DependentAdminClientBuilder(_other.Handle).Build();
        var broker = admin.GetMetadata(TimeSpan.FromSeconds(10)).Brokers[0];
        _broker = $"{broker.Host}:{broker.Port}";
        Assert.Equal(Partitions, admin.GetMetadata(Topic, TimeSpan.FromSeconds(10)).Topics[0].Partitions.Count);
        _telemetry = new ProducerTelemetry(_topic);
        _spans = new SendSpans(_telemetry, _topic, TimeProvider.System);
        _counter = new DeliveryCounter(new KafkaHealth(NullLogger<KafkaHealth>.Instance), _spans);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _client?.Dispose();
        _telemetry.Dispose();
        _other.Dispose();
    }

    [Fact]
    public async Task Every_message_is_confirmed_and_arrives_with_its_user_as_key()
    {
        var sender = Create(new ProducerConfig { LingerMs = 1 });
        for (var user = 9_000; user < 10_020; user++)
            Assert.True(sender.TrySend(user, Encoding.UTF8.GetBytes($"{user},{user / 100.0},0")));

        await FlushAsync(sender);

        Assert.Equal((1_020, 1_020, 0, 0), (_counter.Sent, _counter.Confirmed, _counter.Failed, _counter.Outstanding));
        var read = Read(1_020);
        Assert.Equal(
            Enumerable.Range(9_000, 1_020).Select(user => ($"{user}", $"{user},{user / 100.0},0")),
            read.Select(r => (r.Message.Key, r.Message.Value)).OrderBy(r => r.Key.Length).ThenBy(r => r.Key, StringComparer.Ordinal));
        Assert.Equal(_counter.ConfirmedBytes, read.Sum(r => r.Message.Value.Length));
    }

    [Fact]
    public async Task Messages_of_a_user_stay_in_their_order()
    {
        var sender = Create(new ProducerConfig { LingerMs = 1 });
        for (var i = 0; i < 1_000; i++)
            Assert.True(sender.TrySend(i % 7, Encoding.UTF8.GetBytes($"{i}")));
        await FlushAsync(sender);

        Assert.All(Read(1_000).GroupBy(r => r.Message.Key), user => Assert.Equal(Enumerable.Range(0, 1_000).Where(i => $"{i % 7}" == user.Key), user.Select(r => int.Parse(r.Message.Value, null))));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Partitioner.Consistent)]
    [InlineData(Partitioner.Murmur2)]
    [InlineData(Partitioner.Murmur2Random)]
    public async Task A_user_has_the_partition_that_other_producers_with_this_setting_give_to_it(Partitioner? partitioner)
    {
        var sender = Create(new ProducerConfig { LingerMs = 1, Partitioner = partitioner });
        for (var user = 0; user < 50; user++)
            Assert.True(sender.TrySend(user, "0"u8));
        await FlushAsync(sender);
        using var other = new ProducerBuilder<string, string>(new ProducerConfig { BootstrapServers = _broker, Partitioner = partitioner }).SetLogHandler((_, _) => { }).Build();
        var expected = new Dictionary<string, int>();
        for (var user = 0; user < 50; user++)
            expected[$"{user}"] = (await other.ProduceAsync(Topic, new() { Key = $"{user}", Value = "1" }, Cancellation)).Partition.Value;

        Assert.All(Read(100), r => Assert.Equal(expected[r.Message.Key], r.Partition.Value));
        Assert.Equal(Partitions, expected.Values.Distinct().Count());
    }

    [Fact]
    public async Task Partitions_that_come_later_are_used()
    {
        var sender = Create(new ProducerConfig { LingerMs = 1 }, partitions: 1);
        Assert.True(sender.TrySend(1, "0"u8));
        Assert.Equal(Partitions, _client!.Producer.FindPartitions(TimeSpan.FromSeconds(10)));
        for (var user = 0; user < 50; user++)
            Assert.True(sender.TrySend(user, "0"u8));
        await FlushAsync(sender);

        Assert.Equal(Partitions, Read(51).Select(r => r.Partition.Value).Distinct().Count());
    }

    [Fact]
    public async Task A_message_has_the_context_of_its_span()
    {
        using var traces = new TraceListener(ProducerTelemetry.Name);
        var sender = Create(new ProducerConfig { LingerMs = 1 });
        for (var i = 0; i < SendSpans.MaxMessages + 500; i++)
            Assert.True(sender.TrySend(i, "0"u8));
        await FlushAsync(sender);

        var contexts = Read(SendSpans.MaxMessages + 500).GroupBy(r => Encoding.ASCII.GetString(r.Message.Headers.GetLastBytes(TraceHeaders.TraceParent))).ToDictionary(g => g.Key, g => g.Count());
        Assert.Equal(traces.Ended.ToDictionary(span => span.Id!, span => (int)span.GetTagItem("messaging.batch.message_count")!), contexts);
        Assert.Equal(_counter.Sent, _counter.Confirmed);
    }

    [Fact]
    public async Task A_full_queue_takes_nothing_and_loses_nothing()
    {
        var sender = Create(new ProducerConfig { LingerMs = 200, QueueBufferingMaxMessages = 10 });
        var sent = 0;
        while (sender.TrySend(1, Encoding.UTF8.GetBytes($"{sent:00000}")))
            Assert.InRange(++sent, 1, 20_000);
        Assert.False(sender.TryHandOver());

        Assert.Equal(sent, _counter.Sent);
        await FlushAsync(sender);
        Assert.Equal(sent, _counter.Confirmed);
        Assert.Equal(sent * 5, _counter.ConfirmedBytes);
        Assert.Equal(Enumerable.Range(0, sent), Read(sent).Select(r => int.Parse(r.Message.Value, null)));
        Assert.True(sender.TrySend(1, "1,1,0"u8), "There is room again.");
    }

    [Fact]
    public async Task What_the_client_gives_up_is_counted_as_failed()
    {
        var sender = Create(new ProducerConfig { BootstrapServers = "127.0.0.1:1", MessageTimeoutMs = 50, LingerMs = 1, EnableIdempotence = false });
        sender.TrySend(1, "1,1,0"u8);

        await FlushAsync(sender);

        Assert.Equal((1, 0, 1), (_counter.Sent, _counter.Confirmed, _counter.Failed));
        Assert.Equal(ErrorCode.Local_MsgTimedOut, _counter.LastFailure?.Code);
    }

    [Fact]
    public async Task A_client_that_refuses_messages_says_why_and_is_not_waited_for()
    {
        var sender = Create(new ProducerConfig { LingerMs = 1 }, partitions: 1);
        Assert.True(sender.TrySend(1, "0"u8));
        await FlushAsync(sender);
        _client!.Producer.Partitions = 1_000;
        for (var user = 0; user < 50; user++)
            Assert.True(sender.TrySend(user, "0"u8));

        await FlushAsync(sender);
        Assert.Equal("Kafka takes no more messages from this producer: Local: Unknown partition.", sender.Refusal?.Message);
        Assert.True(_counter.Confirmed < _counter.Sent);
        Assert.Throws<FatalException>(() => SendBatches(sender));
    }

    [Fact]
    public void Where_no_broker_answers_no_partitions_are_found()
    {
        Create(new ProducerConfig { BootstrapServers = "127.0.0.1:1" });
        Assert.Equal(0, _client!.Producer.FindPartitions(TimeSpan.FromMilliseconds(100)));
    }

    [Fact]
    public void A_setting_that_the_client_refuses_is_named()
    {
        var refusal = Assert.Throws<ConfigurationException>(() => Create(new ProducerConfig { EnableIdempotence = true, Acks = Acks.Leader }));
        Assert.Contains("`acks` must be set to `all` when `enable.idempotence` is true", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_partitioner_that_tears_a_user_s_charges_apart_is_refused()
    {
        var refusal = Assert.Throws<ConfigurationException>(() => Create(new ProducerConfig { Partitioner = Partitioner.Random }));
        Assert.StartsWith("Partitioner = 'random': one user's events would not stay in their order. Choose ConsistentRandom, Consistent, Murmur2 or Murmur2Random.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_client_has_to_say_reaches_the_log_and_the_listener()
    {
        var lines = new KafkaClientLog();
        Create(new ProducerConfig { BootstrapServers = "127.0.0.1:1" }, lines: lines);

        Assert.True(SpinWait.SpinUntil(() => lines.Reason is not null, TimeSpan.FromSeconds(10)));
        Assert.Contains("127.0.0.1:1/bootstrap: Connect to ipv4#127.0.0.1:1 failed", lines.Reason, StringComparison.Ordinal);
    }

    private MessageSender Create(ProducerConfig config, int partitions = Partitions, KafkaClientLog? lines = null)
    {
        config.BootstrapServers ??= _broker;
        ProducerSettings.RefusePartitioner(config);
        _client = new LoadClient(config, _topic, _counter, lines is null ? NullLoggerFactory.Instance : new LoggerFactory([lines]), TimeProvider.System);
        _client.Producer.FindPartitions(config.BootstrapServers == _broker ? TimeSpan.FromSeconds(10) : TimeSpan.Zero);
        _client.Producer.Partitions = partitions;
        return new MessageSender(_client, _counter, _spans);
    }

    // What never ends is a failure, too.
    private static async Task FlushAsync(MessageSender sender)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        timeout.CancelAfter(TimeSpan.FromSeconds(20));
        await sender.FlushAsync(timeout.Token);
    }

    private static void SendBatches(MessageSender sender)
    {
        for (var i = 0; i < 1_000; i++)
            sender.TrySend(1, "0"u8);
    }

    private List<ConsumeResult<string, string>> Read(int count)
    {
        using var consumer = new ConsumerBuilder<string, string>(new ConsumerConfig { BootstrapServers = _broker, GroupId = "test" }).Build();
        consumer.Assign(Enumerable.Range(0, Partitions).Select(partition => new TopicPartitionOffset(Topic, partition, Offset.Beginning)));
        var read = new List<ConsumeResult<string, string>>();
        while (read.Count < count)
            read.Add(consumer.Consume(TimeSpan.FromSeconds(10)) ?? throw new TimeoutException($"{read.Count} of {count} messages arrived."));
        return read;
    }
}
