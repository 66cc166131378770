using Confluent.Kafka;
using MovieFriends.KafkaToNeo4j.Polling;

namespace MovieFriends.KafkaToNeo4j.Ports;

/// <summary>
/// What the poll loop does with Kafka's client: as much of <see cref="IConsumer{TKey, TValue}"/> as it uses, with the same meaning. Rebalances come,
/// while it polls, through <see cref="RebalanceEvents"/>.
/// </summary>
internal interface IGroupConsumer
{
    /// <summary>Whether the group knows this client, or has begun to: it has given it an id, and has not ended its session. Thread-safe.</summary>
    bool IsMember { get; }

    void Subscribe(string topic);

    ConsumeResult<MessageBytes, MessageBytes>? Consume(TimeSpan timeout);

    void IncrementalAssign(TopicPartitionOffset partition);

    void IncrementalUnassign(TopicPartition partition);

    void Seek(TopicPartitionOffset position);

    void Pause(TopicPartition partition);

    void Resume(TopicPartition partition);

    void Commit(IEnumerable<TopicPartitionOffset> offsets);

    void Close();
}

/// <summary>The real client.</summary>
internal sealed class KafkaGroupConsumer(IConsumer<MessageBytes, MessageBytes> client) : IGroupConsumer
{
    public bool IsMember => !string.IsNullOrEmpty(client.MemberId);

    public void Subscribe(string topic) => client.Subscribe(topic);

    public ConsumeResult<MessageBytes, MessageBytes>? Consume(TimeSpan timeout) => client.Consume(timeout);

    public void IncrementalAssign(TopicPartitionOffset partition) => client.IncrementalAssign([partition]);

    public void IncrementalUnassign(TopicPartition partition) => client.IncrementalUnassign([partition]);

    public void Seek(TopicPartitionOffset position) => client.Seek(position);

    public void Pause(TopicPartition partition) => client.Pause([partition]);

    public void Resume(TopicPartition partition) => client.Resume([partition]);

    public void Commit(IEnumerable<TopicPartitionOffset> offsets) => client.Commit(offsets);

    public void Close() => client.Close();
}
