using Confluent.Kafka;
using MovieFriends.Kafka;

namespace MovieFriends.KafkaToNeo4j.Ports;

/// <summary>What is asked of the broker beside the polling. The calls block, with the meaning that they have in Kafka's client, except for the last two.</summary>
internal interface IBrokerClient
{
    WatermarkOffsets QueryWatermarkOffsets(TopicPartition partition, TimeSpan timeout);

    /// <summary>How many partitions a topic has.</summary>
    /// <exception cref="KafkaException">The broker does not say.</exception>
    int CountPartitions(string topic, TimeSpan timeout);

    void Assign(TopicPartitionOffset partition);

    ConsumeResult<byte[], byte[]>? Consume(TimeSpan timeout);

    void Unassign();

    /// <summary>The id of a topic; empty where the broker has none.</summary>
    Task<string> ReadTopicIdAsync(TopicSettings topic);

    /// <summary>Brings a dead letter into its topic.</summary>
    /// <returns>Its offset there.</returns>
    Task<long> ProduceAsync(TopicPartition partition, Message<byte[], byte[]> message);
}

/// <summary>The real clients. The producer is made when the first dead letter comes.</summary>
internal sealed class KafkaBrokerClient(IConsumer<byte[], byte[]> client, IAdminClient admin, TopicIds ids, Lazy<IProducer<byte[], byte[]>> producer) : IBrokerClient
{
    public WatermarkOffsets QueryWatermarkOffsets(TopicPartition partition, TimeSpan timeout)
    {
        try
        {
            return client.QueryWatermarkOffsets(partition, timeout);
        }
        catch (KafkaException exception) when (exception.Error.Code is ErrorCode.Local_UnknownPartition or ErrorCode.Local_UnknownTopic)
        {
            // The client goes by what a broker that had just started has told it, for up to a quarter of an hour. This has it ask again.
            admin.GetMetadata(partition.Topic, timeout);
            throw;
        }
    }

    public int CountPartitions(string topic, TimeSpan timeout)
    {
        var found = admin.GetMetadata(topic, timeout).Topics[0];
        return found.Error.IsError || found.Partitions.Count == 0
            ? throw new KafkaException(found.Error.IsError ? found.Error : new Error(ErrorCode.LeaderNotAvailable))
            : found.Partitions.Count;
    }

    public void Assign(TopicPartitionOffset partition) => client.Assign(partition);

    public ConsumeResult<byte[], byte[]>? Consume(TimeSpan timeout) => client.Consume(timeout);

    public void Unassign() => client.Unassign();

    public Task<string> ReadTopicIdAsync(TopicSettings topic) => ids.ReadAsync(topic);

    public async Task<long> ProduceAsync(TopicPartition partition, Message<byte[], byte[]> message) =>
        (await producer.Value.ProduceAsync(partition, message)).Offset.Value;
}
