using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace MovieFriends.IntegrationTests.Infrastructure;

/// <summary>What tests do to topics by hand, on brokers that have headers and transactions.</summary>
internal sealed class TopicProbe(RunningServers servers) : IDisposable
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(30);

    private readonly IAdminClient _admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = Address(servers) }).Build();

    /// <summary>Every message of a topic that readers get to see, in the order of partitions and offsets.</summary>
    public List<ConsumeResult<string, string>> Read(string topic)
    {
        using var consumer = new ConsumerBuilder<string, string>(new ConsumerConfig
        {
            BootstrapServers = Address(servers),
            GroupId = $"test-{Guid.NewGuid():N}",
            EnablePartitionEof = true,
            EnableAutoCommit = false,
        }).Build();
        var partitions = Partitions(topic);
        consumer.Assign(partitions.Select(p => new TopicPartitionOffset(p, Offset.Beginning)));
        var messages = new List<ConsumeResult<string, string>>();
        for (var open = partitions.Count; open > 0;)
        {
            var result = consumer.Consume(s_timeout) ?? throw new TimeoutException($"{topic} was not read to its end.");
            if (result.IsPartitionEOF)
                open--;
            else
                messages.Add(result);
        }

        return [.. messages.OrderBy(m => m.Partition.Value).ThenBy(m => m.Offset.Value)];
    }

    /// <summary>Appends messages to partitions.</summary>
    public async Task AppendAsync(IEnumerable<(TopicPartition Partition, Message<string, string> Message)> messages)
    {
        using var producer = new ProducerBuilder<string, string>(new ProducerConfig { BootstrapServers = Address(servers), LingerMs = 1 }).Build();
        await Task.WhenAll(messages.Select(m => producer.ProduceAsync(m.Partition, m.Message)));
    }

    /// <summary>Appends messages to every partition in one transaction.</summary>
    public void AppendTransaction(string topic, bool commit, params IEnumerable<string> values)
    {
        using var producer = new ProducerBuilder<string, string>(new ProducerConfig { BootstrapServers = Address(servers), TransactionalId = $"test-{Guid.NewGuid():N}" }).Build();
        producer.InitTransactions(s_timeout);
        producer.BeginTransaction();
        var partitions = Partitions(topic);
        foreach (var (i, value) in values.Index())
            producer.Produce(partitions[i % partitions.Count], new Message<string, string> { Key = value.Split(',')[0], Value = value });

        // What is to be undone must be there first.
        producer.Flush(s_timeout);
        if (commit)
            producer.CommitTransaction(s_timeout);
        else
            producer.AbortTransaction(s_timeout);
    }

    /// <summary>Sets what a group has committed back to the beginning, as kafka-consumer-groups does.</summary>
    public async Task ResetGroupAsync(string group, string topic) => await _admin.AlterConsumerGroupOffsetsAsync(
        [new ConsumerGroupTopicPartitionOffsets(group, [.. Partitions(topic).Select(p => new TopicPartitionOffset(p, 0))])]);

    public async Task DeleteAsync(string topic) => await _admin.DeleteTopicsAsync([topic]);

    /// <summary>A producer for transactions of its own.</summary>
    public IProducer<byte[], byte[]> TransactionalProducer() => new ProducerBuilder<byte[], byte[]>(
        new ProducerConfig { BootstrapServers = Address(servers), TransactionalId = $"test-{Guid.NewGuid():N}" }).Build();

    public async Task CreateAsync(string topic, int partitions, bool compacted = false) => await Wait.UntilAsync(
        $"{topic} can be created again",
        s_timeout,
        async () =>
        {
            try
            {
                await _admin.CreateTopicsAsync([new TopicSpecification
                {
                    Name = topic, NumPartitions = partitions, ReplicationFactor = 1, Configs = compacted ? new() { ["cleanup.policy"] = "compact" } : null,
                }]);
                return "yes";
            }
            catch (CreateTopicsException exception) when (exception.Results.TrueForAll(r => r.Error.Code == ErrorCode.TopicAlreadyExists))
            {
                return null;
            }
        },
        CancellationToken.None);

    /// <summary>Deletes the first messages of every partition, as retention does.</summary>
    public async Task DeleteMessagesAsync(string topic, long before) =>
        await _admin.DeleteRecordsAsync(Partitions(topic).Select(p => new TopicPartitionOffset(p, before)));

    public void Dispose() => _admin.Dispose();

    private List<TopicPartition> Partitions(string topic) =>
        [.. _admin.GetMetadata(topic, s_timeout).Topics[0].Partitions.Select(p => new TopicPartition(topic, p.PartitionId)).OrderBy(p => p.Partition.Value)];

    private static string Address(RunningServers servers) => servers.Environment["ConnectionStrings__kafka"];
}
