using Confluent.Kafka;
using MovieFriends.Contracts.Reporting;
using MovieFriends.Extensions;
using MovieFriends.Kafka;

namespace MovieFriends.Producer.Sending;

/// <summary>Questions about the topic that events go to.</summary>
internal sealed class ProducerTopic(IConsumer<Ignore, Ignore> reader, TopicReadiness readiness, TopicSettings topic) : IDisposable
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(5);

    private readonly BlockingCalls _calls = new();

    /// <summary>Creates the topic where that is wanted, and waits for it.</summary>
    /// <exception cref="FatalException">Kafka refuses for a reason that no repetition mends.</exception>
    public Task WaitAsync(CancellationToken cancellationToken) => readiness.WaitAsync(reader.Handle, cancellationToken);

    /// <summary>Asks for the earliest and latest offset of each partition.</summary>
    /// <exception cref="KafkaException">The broker does not answer, or refuses.</exception>
    public Task<List<PartitionOffsets>> ReadOffsetsAsync() => _calls.RunAsync(ReadOffsets);

    public void Dispose() => _calls.Dispose();

    private List<PartitionOffsets> ReadOffsets()
    {
        // This client asks for partitions that came later only if it has heard of them.
        using var admin = new DependentAdminClientBuilder(reader.Handle).Build();
        var found = admin.GetMetadata(topic.Name, s_timeout).Topics[0];
        return WatermarkReader.Read(reader, found.Partitions.Select(p => new TopicPartition(found.Topic, p.PartitionId)), CancellationToken.None)
            .ConvertAll(partition => new PartitionOffsets(partition.Partition, partition.Earliest, partition.Latest));
    }
}
