using Confluent.Kafka;
using MovieFriends.Contracts.Reporting;

namespace MovieFriends.Kafka;

/// <summary>Asks brokers for the earliest and latest offsets of partitions.</summary>
public static class WatermarkReader
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);

    /// <summary>Asks for each partition, one after another.</summary>
    /// <exception cref="KafkaException">The broker does not answer within ten seconds, or refuses.</exception>
    public static Task<List<PartitionOffsets>> ReadAsync<TKey, TValue>(IConsumer<TKey, TValue> consumer, IEnumerable<TopicPartition> partitions, CancellationToken cancellationToken) =>
        Task.Run(() => Read(consumer, partitions, cancellationToken), cancellationToken);

    /// <summary>The same, and blocks.</summary>
    /// <exception cref="KafkaException">The broker does not answer within ten seconds, or refuses.</exception>
    public static List<PartitionOffsets> Read<TKey, TValue>(IConsumer<TKey, TValue> consumer, IEnumerable<TopicPartition> partitions, CancellationToken cancellationToken) =>
        [
            .. partitions.Select(partition =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                var watermarks = consumer.QueryWatermarkOffsets(partition, s_timeout);
                return new PartitionOffsets(partition.Partition.Value, watermarks.Low.Value, watermarks.High.Value);
            }),
        ];
}
