using Confluent.Kafka;

namespace MovieFriends.Kafka;

/// <summary>Where a partition begins and ends.</summary>
/// <param name="Partition">Its number.</param>
/// <param name="Earliest">The first offset that it has.</param>
/// <param name="Latest">The offset after its last one.</param>
public readonly record struct PartitionWatermarks(int Partition, long Earliest, long Latest);

/// <summary>Asks brokers for the earliest and latest offsets of partitions.</summary>
public static class WatermarkReader
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);

    /// <summary>Asks for each partition, one after another.</summary>
    /// <exception cref="KafkaException">The broker does not answer within ten seconds, or refuses.</exception>
    public static Task<List<PartitionWatermarks>> ReadAsync<TKey, TValue>(IConsumer<TKey, TValue> consumer, IEnumerable<TopicPartition> partitions, CancellationToken cancellationToken) =>
        Task.Run(() => Read(consumer, partitions, cancellationToken), cancellationToken);

    /// <summary>The same, and blocks.</summary>
    /// <exception cref="KafkaException">The broker does not answer within ten seconds, or refuses.</exception>
    public static List<PartitionWatermarks> Read<TKey, TValue>(IConsumer<TKey, TValue> consumer, IEnumerable<TopicPartition> partitions, CancellationToken cancellationToken) =>
        [
            .. partitions.Select(partition =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                var watermarks = consumer.QueryWatermarkOffsets(partition, s_timeout);
                return new PartitionWatermarks(partition.Partition.Value, watermarks.Low.Value, watermarks.High.Value);
            }),
        ];
}
