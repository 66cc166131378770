using System.Text;
using Confluent.Kafka;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using MovieFriends.Contracts.Topics;
using MovieFriends.Producer.Sending;
using MovieFriends.Producer.Telemetry;
using MovieFriends.ServiceDefaults.Kafka;
using Xunit;

namespace MovieFriends.UnitTests.Producer;

/// <summary>Against the broker that the client library brings for tests.</summary>
public sealed class ChargeSenderTests : IDisposable
{
    private const string Topic = "charges";
    private readonly DeliveryCounter _counter = new(new KafkaHealth(NullLogger<KafkaHealth>.Instance));

    private IProducer<byte[], byte[]>? _producer;
    private ProducerTelemetry? _telemetry;

    [Fact]
    public async Task Every_message_is_confirmed_and_arrives_with_its_user_as_key()
    {
        var sender = Create(new ProducerConfig { LingerMs = 1 });
        for (var user = 9_990; user < 10_020; user++)
            Assert.True(sender.TrySend(user, Encoding.UTF8.GetBytes($"{user},{user / 100.0},0")));

        await sender.FlushAsync(TestContext.Current.CancellationToken);

        Assert.Equal((30, 30, 0, 0), (_counter.Sent, _counter.Confirmed, _counter.Failed, _counter.Outstanding));
        var read = Read(30);
        Assert.Equal(Enumerable.Range(9_990, 30).Select(user => ($"{user}", $"{user},{user / 100.0},0")), read.OrderBy(r => r.Key.Length).ThenBy(r => r.Key, StringComparer.Ordinal));
        Assert.Equal(_counter.ConfirmedBytes, read.Sum(r => r.Value.Length));
    }

    [Fact]
    public async Task A_full_queue_takes_nothing_and_loses_nothing()
    {
        var sender = Create(new ProducerConfig { LingerMs = 200, QueueBufferingMaxMessages = 10 });
        var sent = 0;
        while (sender.TrySend(1, "1,1,0"u8))
            Assert.InRange(++sent, 1, 1_000);

        Assert.Equal(sent, _counter.Sent);
        await sender.FlushAsync(TestContext.Current.CancellationToken);
        Assert.Equal(sent, _counter.Confirmed);
        Assert.Equal(sent * 5, _counter.ConfirmedBytes);
        Assert.True(sender.TrySend(1, "1,1,0"u8), "There is room again.");
    }

    [Fact]
    public async Task What_the_client_gives_up_is_counted_as_failed()
    {
        var sender = Create(new ProducerConfig { MessageTimeoutMs = 50, LingerMs = 1, EnableIdempotence = false }, reachable: false);
        sender.TrySend(1, "1,1,0"u8);

        await sender.FlushAsync(TestContext.Current.CancellationToken);

        Assert.Equal((1, 0, 1), (_counter.Sent, _counter.Confirmed, _counter.Failed));
        Assert.Equal(ErrorCode.Local_MsgTimedOut, _counter.LastFailure?.Code);
    }

    public void Dispose()
    {
        _producer?.Dispose();
        _telemetry?.Dispose();
    }

    private ChargeSender Create(ProducerConfig config, bool reachable = true)
    {
        config.BootstrapServers = "127.0.0.1:1";
        config.DeliveryReportFields = "none";
        if (reachable)
            config.Set("test.mock.num.brokers", "1");
        _producer = new ProducerBuilder<byte[], byte[]>(config).SetLogHandler((_, _) => { }).Build();
        var topics = Options.Create(new TopicOptions { Charges = Topic });
        return new ChargeSender(_producer, _counter, new SendSpans(_telemetry = new(topics), topics, TimeProvider.System), topics);
    }

    private List<(string Key, string Value)> Read(int count)
    {
        using var admin = new DependentAdminClientBuilder(_producer!.Handle).Build();
        var broker = admin.GetMetadata(TimeSpan.FromSeconds(10)).Brokers[0];
        using var consumer = new ConsumerBuilder<string, string>(new ConsumerConfig { BootstrapServers = $"{broker.Host}:{broker.Port}", GroupId = "test" }).Build();
        var partitions = admin.GetMetadata(Topic, TimeSpan.FromSeconds(10)).Topics[0].Partitions;
        consumer.Assign(partitions.Select(p => new TopicPartitionOffset(Topic, p.PartitionId, Offset.Beginning)));
        var read = new List<(string, string)>();
        while (read.Count < count)
        {
            var result = consumer.Consume(TimeSpan.FromSeconds(10)) ?? throw new TimeoutException($"{read.Count} of {count} messages arrived.");
            read.Add((result.Message.Key, result.Message.Value));
        }

        return read;
    }
}
