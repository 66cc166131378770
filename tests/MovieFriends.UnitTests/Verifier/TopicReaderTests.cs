using Confluent.Kafka;
using Microsoft.Extensions.Logging.Abstractions;
using MovieFriends.Contracts.Charges;
using MovieFriends.Kafka;
using MovieFriends.Verifier.Expected;
using Xunit;

namespace MovieFriends.UnitTests.Verifier;

/// <summary>Against the broker that the client library brings for tests.</summary>
public sealed class TopicReaderTests
{
    private const string Topic = "charges";

    [Fact]
    public async Task It_reads_its_ranges_to_the_end_and_nothing_else()
    {
        var config = new ProducerConfig { BootstrapServers = "127.0.0.1:1", LingerMs = 1, LogConnectionClose = false };
        config.Set("test.mock.num.brokers", "1");
        using var producer = new ProducerBuilder<Null, string>(config).SetLogHandler((_, _) => { }).Build();
        for (var partition = 0; partition < 3; partition++)
        {
            for (var i = 0; i < 10; i++)
                producer.Produce(new TopicPartition(Topic, partition), new Message<Null, string> { Value = i == 4 ? "not a charge" : $"{partition + 1},{i},0" });
        }

        producer.Flush(TestContext.Current.CancellationToken);
        using var admin = new DependentAdminClientBuilder(producer.Handle).Build();
        var broker = admin.GetMetadata(TimeSpan.FromSeconds(10)).Brokers[0];
        using var consumer = new ConsumerBuilder<Ignore, ParsedCharge>(new ConsumerConfig
        {
            BootstrapServers = $"{broker.Host}:{broker.Port}",
            GroupId = "test",
            EnablePartitionEof = true,
            EnableAutoCommit = false,
        }).SetValueDeserializer(new ChargeDeserializer()).Build();

        var read = new List<ParsedCharge>();
        await new TopicReader<ParsedCharge>(consumer, new KafkaHealth(NullLogger<KafkaHealth>.Instance)).ReadAsync(
            new Dictionary<TopicPartition, (long, long)>
            {
                [new TopicPartition(Topic, 0)] = (0, 10),
                [new TopicPartition(Topic, 1)] = (3, 6),
                [new TopicPartition(Topic, 2)] = (7, 7),
            },
            read.Add,
            TestContext.Current.CancellationToken);

        var charges = read.Where(r => r.Error == ChargeFormatError.None).Select(r => (r.Charge.UserId, r.Charge.Amount)).ToList();
        Assert.Equal([0, 1, 2, 3, 5, 6, 7, 8, 9], charges.Where(c => c.UserId == 1).Select(c => c.Amount));
        Assert.Equal([3, 5], charges.Where(c => c.UserId == 2).Select(c => c.Amount));
        Assert.Equal(11, charges.Count);
        Assert.Equal(2, read.Count(r => r.Error == ChargeFormatError.FieldCount));
    }
}
