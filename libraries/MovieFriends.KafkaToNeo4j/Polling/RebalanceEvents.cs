using Confluent.Kafka;

namespace MovieFriends.KafkaToNeo4j.Polling;

/// <summary>Hands the client's call-backs, which must be named before the client exists, to the poll loop, which needs the client.</summary>
internal sealed class RebalanceEvents
{
    public Func<List<TopicPartition>, IEnumerable<TopicPartitionOffset>> Assigned { get; set; } =
        static partitions => partitions.ConvertAll(p => new TopicPartitionOffset(p, Offset.End));

    public Action<List<TopicPartitionOffset>> Revoked { get; set; } = static _ => { };

    public Action<List<TopicPartitionOffset>> Lost { get; set; } = static _ => { };

    public Action<Error> Failed { get; set; } = static _ => { };
}
