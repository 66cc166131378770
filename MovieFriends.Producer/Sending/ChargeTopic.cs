using Confluent.Kafka;
using Microsoft.Extensions.Options;
using MovieFriends.Contracts.Reporting;
using MovieFriends.Contracts.Topics;
using MovieFriends.Extensions;
using MovieFriends.Kafka;

namespace MovieFriends.Producer.Sending;

/// <summary>Questions about the topic that charges go to.</summary>
internal sealed class ChargeTopic(IConsumer<Ignore, Ignore> reader, TopicReadiness readiness, IOptions<TopicOptions> topics)
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(5);

    /// <summary>Creates the topic where that is wanted, and waits for it.</summary>
    /// <exception cref="FatalException">Kafka refuses for a reason that no repetition mends.</exception>
    public Task WaitAsync(CancellationToken cancellationToken) => readiness.WaitAsync(reader.Handle, cancellationToken);

    /// <summary>Asks for the earliest and latest offset of each partition.</summary>
    /// <exception cref="KafkaException">The broker does not answer, or refuses.</exception>
    public async Task<List<PartitionOffsets>> ReadOffsetsAsync()
    {
        // This client asks for partitions that came later only if it has heard of them.
        using var admin = new DependentAdminClientBuilder(reader.Handle).Build();
        var topic = await Task.Run(() => admin.GetMetadata(topics.Value.Charges, s_timeout).Topics[0]);
        return await WatermarkReader.ReadAsync(reader, topic.Partitions.Select(p => new TopicPartition(topic.Topic, p.PartitionId)), CancellationToken.None);
    }
}
