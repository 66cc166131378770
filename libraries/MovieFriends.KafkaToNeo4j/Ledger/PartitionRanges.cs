using Confluent.Kafka;
using MovieFriends.Kafka;
using MovieFriends.KafkaToNeo4j.Ports;

namespace MovieFriends.KafkaToNeo4j.Ledger;

/// <summary>What a partition holds.</summary>
/// <param name="TopicId">The topic's id in its cluster; empty where the broker has none.</param>
/// <param name="Low">The offset of the first message that is still there.</param>
/// <param name="High">The offset that the next message will get: the high watermark.</param>
internal readonly record struct PartitionRange(string TopicId, long Low, long High);

/// <summary>Asks the broker what partitions hold. Thread-safe.</summary>
internal sealed class PartitionRanges(IBrokerClient client, TopicIdentity identity, TopicSettings topic, IEngineThreads threads) : IDisposable
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);

    private readonly BlockingCalls _calls = new(threads.Pool);

    /// <summary>Asks once.</summary>
    /// <exception cref="KafkaException">The broker does not answer.</exception>
    public async Task<PartitionRange> ReadAsync(int partition, CancellationToken cancellationToken)
    {
        var watermarks = await _calls.RunAsync(() => client.QueryWatermarkOffsets(new TopicPartition(topic.Name, partition), s_timeout));
        return new PartitionRange(await identity.ReadAsync(cancellationToken), watermarks.Low, watermarks.High);
    }

    public void Dispose() => _calls.Dispose();
}
