using Confluent.Kafka;
using MovieFriends.Extensions;
using MovieFriends.Kafka;

namespace MovieFriends.Verifier.Expected;

/// <summary>Reads ranges of offsets of a topic, all partitions together, each in order.</summary>
/// <typeparam name="TValue">What its messages are read into.</typeparam>
internal sealed class TopicReader<TValue>(IConsumer<Ignore, TValue> consumer, KafkaHealth health)
{
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(100);

    /// <summary>Reads messages.</summary>
    /// <param name="ranges">For each partition the first offset, and the one after the last.</param>
    /// <param name="take">Is given each message.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="FatalException">Kafka refuses.</exception>
    public Task ReadAsync(IReadOnlyDictionary<TopicPartition, (long From, long To)> ranges, Action<TValue> take, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(() => Read(ranges, take, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Read(IReadOnlyDictionary<TopicPartition, (long From, long To)> ranges, Action<TValue> take, CancellationToken cancellationToken)
    {
        var open = ranges.Where(r => r.Value.From < r.Value.To).ToDictionary(r => r.Key.Partition.Value, r => r.Value.To);
        if (open.Count == 0)
            return;

        consumer.Assign(ranges.Where(r => open.ContainsKey(r.Key.Partition.Value)).Select(r => new TopicPartitionOffset(r.Key, r.Value.From)));
        try
        {
            while (open.Count > 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Poll(open, take);
            }
        }
        finally
        {
            consumer.Unassign();
        }
    }

    private void Poll(Dictionary<int, long> open, Action<TValue> take)
    {
        ConsumeResult<Ignore, TValue>? result;
        try
        {
            result = consumer.Consume(s_poll);
        }
        catch (ConsumeException exception) when (KafkaFailure.Classify(exception.Error) != KafkaFailureKind.Refused)
        {
            health.Away(exception.Error.Reason);
            return;
        }
        catch (ConsumeException exception)
        {
            throw new FatalException(KafkaFailure.Explain(exception.Error, "reading the topic"), exception);
        }

        if (result is null || !open.TryGetValue(result.Partition.Value, out var end))
            return;

        health.Working();
        if (!result.IsPartitionEOF && result.Offset.Value < end)
            take(result.Message.Value);

        // The last offsets may be taken by a transaction's marks, which are never delivered: then the end says so.
        if (result.Offset.Value >= (result.IsPartitionEOF ? end : end - 1))
            open.Remove(result.Partition.Value);
    }
}
