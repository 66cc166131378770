using System.Text;
using Confluent.Kafka;
using Microsoft.Extensions.Logging.Abstractions;
using MovieFriends.Kafka;
using MovieFriends.Producer.Sending;
using MovieFriends.Producer.Telemetry;
using Xunit;

namespace MovieFriends.UnitTests.Producer;

/// <summary>The sender of mode Live, against the broker that the client library brings for tests.</summary>
[Collection(nameof(ListensToTraces))]
public sealed class LiveClientTests : IDisposable
{
    private const string Topic = "charges";

    private readonly ProducerTelemetry _telemetry;
    private readonly SendSpans _spans;
    private readonly DeliveryCounter _counter;
    private readonly TopicSettings _topic = new(Topic, $"{Topic}.dead-letter", 1);
    private IProducer<byte[], byte[]>? _producer;

    public LiveClientTests()
    {
        _telemetry = new ProducerTelemetry(_topic);
        _spans = new SendSpans(_telemetry, _topic, TimeProvider.System);
        _counter = new DeliveryCounter(new KafkaHealth(NullLogger<KafkaHealth>.Instance), _spans);
    }

    public void Dispose()
    {
        _producer?.Dispose();
        _telemetry.Dispose();
    }

    [Fact]
    public async Task Every_message_is_confirmed_and_has_its_user_as_key_and_the_context_of_its_span()
    {
        using var traces = new TraceListener(ProducerTelemetry.Name);
        var sender = Create(new ProducerConfig());
        for (var user = 0; user < 1_500; user++)
            Assert.True(sender.TrySend(user, Encoding.UTF8.GetBytes($"{user},1,0")));
        Assert.True(sender.TryHandOver());
        await FlushAsync(sender);
        sender.Finish();

        Assert.Equal((1_500, 1_500, 0, 0), (_counter.Sent, _counter.Confirmed, _counter.Failed, _counter.Outstanding));
        var read = Read(1_500);
        Assert.All(read, r => Assert.Equal($"{r.Message.Key},1,0", r.Message.Value));
        var contexts = read.GroupBy(r => Encoding.ASCII.GetString(r.Message.Headers.GetLastBytes(TraceHeaders.TraceParent))).ToDictionary(g => g.Key, g => g.Count());
        Assert.Equal(traces.Ended.ToDictionary(span => span.Id!, span => (int)span.GetTagItem("messaging.batch.message_count")!), contexts);
    }

    [Fact]
    public async Task A_full_queue_takes_nothing_and_loses_nothing()
    {
        var sender = Create(new ProducerConfig { LingerMs = 1_000, QueueBufferingMaxMessages = 10 });
        var sent = 0;
        while (sender.TrySend(1, "1,1,0"u8))
            Assert.InRange(++sent, 1, 10);

        Assert.Equal(sent, _counter.Sent);
        await FlushAsync(sender);
        Assert.Equal(sent, _counter.Confirmed);
        Assert.True(sender.TrySend(1, "1,1,0"u8), "There is room again.");
        Assert.Null(sender.Refusal);
    }

    [Fact]
    public async Task What_the_client_gives_up_is_counted_as_failed()
    {
        var sender = Create(new ProducerConfig { MessageTimeoutMs = 50, EnableIdempotence = false }, broker: false);
        Assert.True(sender.TrySend(1, "1,1,0"u8));
        await FlushAsync(sender);

        Assert.Equal((1, 0, 1), (_counter.Sent, _counter.Confirmed, _counter.Failed));
        Assert.Equal(ErrorCode.Local_MsgTimedOut, _counter.LastFailure?.Code);
    }

    [Fact]
    public void A_client_that_refuses_a_message_says_why()
    {
        var sender = Create(new ProducerConfig { MessageMaxBytes = 1_000 });
        Assert.False(sender.TrySend(1, new byte[2_000]));
        Assert.Equal(0, _counter.Sent);
        Assert.Equal("Kafka takes no more messages from this producer: Broker: Message size too large.", sender.Refusal?.Message);
    }

    private MessageSender Create(ProducerConfig config, bool broker = true)
    {
        config.BootstrapServers = "127.0.0.1:1";
        if (broker)
            config.Set("test.mock.num.brokers", "1");
        config.LingerMs ??= 1;
        config.DeliveryReportFields = "none";
        _producer = new ProducerBuilder<byte[], byte[]>(config).SetLogHandler((_, _) => { }).Build();
        return new MessageSender(new LiveClient(_producer, _topic, _counter), _counter, _spans);
    }

    private static async Task FlushAsync(MessageSender sender)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(TimeSpan.FromSeconds(20));
        await sender.FlushAsync(timeout.Token);
    }

    private List<ConsumeResult<string, string>> Read(int count)
    {
        using var admin = new DependentAdminClientBuilder(_producer!.Handle).Build();
        var broker = admin.GetMetadata(TimeSpan.FromSeconds(10)).Brokers[0];
        using var consumer = new ConsumerBuilder<string, string>(new ConsumerConfig { BootstrapServers = $"{broker.Host}:{broker.Port}", GroupId = "test" }).Build();
        consumer.Assign(Enumerable.Range(0, 4).Select(partition => new TopicPartitionOffset(Topic, partition, Offset.Beginning)));
        var read = new List<ConsumeResult<string, string>>();
        while (read.Count < count)
            read.Add(consumer.Consume(TimeSpan.FromSeconds(10)) ?? throw new TimeoutException($"{read.Count} of {count} messages arrived."));
        return read;
    }
}
