using Confluent.Kafka;
using MovieFriends.Kafka;
using MovieFriends.KafkaToNeo4j.Ports;

namespace MovieFriends.KafkaToNeo4j.DeadLetters;

/// <summary>
/// Finds dead letters that were sent for messages which the ledger has not passed: a consumer was killed between sending them
/// and committing their batch. The ledger says where in the dead-letter topic they can only be.
/// </summary>
internal sealed class DeadLetterTail(
    IBrokerClient client,
    TopicSettings topic,
    IEngineThreads threads) : IDisposable
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);

    private readonly BlockingCalls _calls = new(threads.Pool);

    // The client is one; workers that start at once take turns.
    private readonly Lock _lock = new();
    private int _partitions;

    /// <summary>The partition of the dead-letter topic that takes a partition's dead letters: one, so that they stay in order and are found again.</summary>
    /// <exception cref="KafkaException">The broker does not say how many partitions there are.</exception>
    public TopicPartition PartitionFor(int source)
    {
        if (Volatile.Read(ref _partitions) is 0)
            Volatile.Write(ref _partitions, client.CountPartitions(topic.DeadLetters, s_timeout));

        return new TopicPartition(topic.DeadLetters, DeadLetterPartition.For(source, _partitions));
    }

    /// <summary>Where the next dead letter of a partition will be.</summary>
    /// <exception cref="KafkaException">The broker does not answer.</exception>
    public Task<long> EndAsync(int source) => _calls.RunAsync(() => client.QueryWatermarkOffsets(PartitionFor(source), s_timeout).High.Value);

    /// <summary>Reads the dead letters of a partition's messages.</summary>
    /// <param name="source">The partition of the messages.</param>
    /// <param name="firstMessage">Dead letters of earlier messages are skipped.</param>
    /// <param name="firstDeadLetter">Where reading starts; null is the beginning.</param>
    /// <returns>What was found, and the offset up to which was looked.</returns>
    /// <exception cref="KafkaException">The broker does not answer.</exception>
    public Task<(List<FoundDeadLetter> Found, long End)> FindAsync(int source, long firstMessage, long? firstDeadLetter) =>
        _calls.RunAsync(() => Find(source, firstMessage, firstDeadLetter));

    public void Dispose() => _calls.Dispose();

    private (List<FoundDeadLetter> Found, long End) Find(int source, long firstMessage, long? firstDeadLetter)
    {
        var partition = PartitionFor(source);
        var watermarks = client.QueryWatermarkOffsets(partition, s_timeout);

        // A place past the end is one of an earlier dead-letter topic, which had more: this one is looked through as a whole.
        var from = firstDeadLetter <= watermarks.High.Value ? Math.Max(firstDeadLetter.Value, watermarks.Low.Value) : watermarks.Low.Value;
        if (from >= watermarks.High.Value)
            return ([], watermarks.High.Value);

        lock (_lock)
        {
            return (
                [.. Read(partition, from, watermarks.High.Value).Where(deadLetter => deadLetter.Source is not { } offset || offset >= firstMessage)],
                watermarks.High.Value);
        }

        IEnumerable<FoundDeadLetter> Read(TopicPartition from, long begin, long end)
        {
            client.Assign(new TopicPartitionOffset(from, begin));
            try
            {
                while (true)
                {
                    var result = client.Consume(s_timeout) ?? throw new KafkaException(new Error(ErrorCode.Local_TimedOut));
                    if (!result.IsPartitionEOF && result.Offset.Value < end && IsOf(source, result.Message, out var offset))
                        yield return new FoundDeadLetter(result.Offset.Value, offset, result.Message.Key, result.Message.Value);
                    if (result.Offset.Value >= (result.IsPartitionEOF ? end : end - 1))
                        yield break;
                }
            }
            finally
            {
                client.Unassign();
            }
        }
    }

    private bool IsOf(int source, Message<byte[], byte[]> deadLetter, out long? offset)
    {
        offset = null;
        if (!topic.Headers)
            return true;

        if (DeadLetterSource.Read(name => deadLetter.Headers is { } headers && headers.TryGetLastBytes(name, out var bytes) ? bytes : null) is not { } found
            || found.Topic != topic.Name
            || found.Partition != source)
        {
            return false;
        }

        offset = found.Offset;
        return true;
    }
}
