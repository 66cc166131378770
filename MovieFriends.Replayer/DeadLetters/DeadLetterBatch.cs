using Confluent.Kafka;
using MovieFriends.Kafka;

namespace MovieFriends.Replayer.DeadLetters;

/// <summary>Messages that go back in one transaction, and how far the dead-letter topic has been worked through then.</summary>
/// <param name="topic">The topic.</param>
/// <param name="maxMessages">The most messages.</param>
internal sealed class DeadLetterBatch(TopicSettings topic, int maxMessages)
{
    // A batch is in memory twice: here and in the client's queue.
    private const int MaxBytes = 16 << 20;

    private readonly List<(TopicPartition Partition, Message<byte[], byte[]> Message)> _messages = [];
    private readonly Dictionary<(TopicPartition Partition, string ErrorType), long> _marks = [];
    private int _bytes;

    public int Count => _messages.Count;

    public bool IsFull => _messages.Count >= maxMessages || _bytes >= MaxBytes;

    /// <summary>Everything that the transaction sends.</summary>
    public IEnumerable<(TopicPartition Partition, Message<byte[], byte[]> Message)> Messages => _messages.Concat(
        _marks.Select(m => (m.Key.Partition, new ReplayMark(topic.Name, m.Key.ErrorType, m.Value).ToMessage())));

    /// <summary>Adds the original of a dead letter.</summary>
    /// <param name="place">The dead letter's place.</param>
    /// <param name="deadLetter">Its headers.</param>
    /// <param name="message">Its key and value, which are the original's.</param>
    /// <param name="sourcePartitions">The partitions that the source topic has.</param>
    public void Add(TopicPartitionOffset place, DeadLetter deadLetter, Message<byte[], byte[]> message, IReadOnlySet<int> sourcePartitions)
    {
        // Where it was: there the other messages of its key are, whatever chose the partition then.
        var partition = sourcePartitions.Contains(deadLetter.Original.Partition) ? new Partition(deadLetter.Original.Partition) : Partition.Any;
        _messages.Add((new TopicPartition(topic.Name, partition), new Message<byte[], byte[]> { Key = message.Key, Value = message.Value }));
        _marks[(place.TopicPartition, deadLetter.Source.ErrorType)] = place.Offset.Value + 1;
        _bytes += (message.Key?.Length ?? 0) + (message.Value?.Length ?? 0);
    }

    public void Clear()
    {
        _messages.Clear();
        _marks.Clear();
        _bytes = 0;
    }
}
