using Confluent.Kafka;
using Microsoft.Extensions.Options;
using MovieFriends.Extensions;
using MovieFriends.Kafka;

namespace MovieFriends.Replayer.DeadLetters;

/// <summary>Reads the dead-letter topic, one partition after the other, as far as it went at the start. Its calls block.</summary>
internal sealed class DeadLetterReader(IConsumer<byte[], byte[]> consumer, KafkaHealth health, TopicSettings topic)
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(100);

    /// <summary>The partitions with their first offsets and ends, in order; none if there is no such topic.</summary>
    /// <exception cref="FatalException">Kafka does not say.</exception>
    public IReadOnlyList<(TopicPartition Partition, long From, long To)> FindEnds()
    {
        try
        {
            using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
            var found = admin.GetMetadata(topic.DeadLetters, s_timeout).Topics.Find(t => t.Topic == topic.DeadLetters);
            if (found is null || found.Error.Code is ErrorCode.UnknownTopicOrPart or ErrorCode.LeaderNotAvailable)
                return [];
            if (found.Error.IsError)
                throw new KafkaException(found.Error);

            return
            [
                .. found.Partitions.Select(p => new TopicPartition(topic.DeadLetters, p.PartitionId)).OrderBy(p => p.Partition.Value).Select(partition =>
                {
                    var watermarks = consumer.QueryWatermarkOffsets(partition, s_timeout);
                    return (partition, watermarks.Low.Value, watermarks.High.Value);
                }),
            ];
        }
        catch (KafkaException exception)
        {
            throw new FatalException($"Kafka does not say where {topic.DeadLetters} ends: {exception.Error.Reason}", exception);
        }
    }

    /// <summary>Reads what the partitions have between these offsets.</summary>
    /// <exception cref="FatalException">Kafka refuses.</exception>
    public IEnumerable<ConsumeResult<byte[], byte[]>> Read(IEnumerable<(TopicPartition Partition, long From, long To)> ranges, CancellationToken cancellationToken) =>
        ranges.Where(r => r.From < r.To).SelectMany(r => Read(r.Partition, r.From, r.To, cancellationToken));

    private IEnumerable<ConsumeResult<byte[], byte[]>> Read(TopicPartition partition, long from, long to, CancellationToken cancellationToken)
    {
        consumer.Assign(new TopicPartitionOffset(partition, from));
        try
        {
            for (; ; )
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (Poll() is not { } result)
                    continue;

                health.Working();
                if (!result.IsPartitionEOF && result.Offset.Value < to)
                    yield return result;

                // The end says so itself where its last offsets hold marks of transactions, which are never delivered.
                if (result.IsPartitionEOF || result.Offset.Value >= to - 1)
                    yield break;
            }
        }
        finally
        {
            consumer.Unassign();
        }
    }

    private ConsumeResult<byte[], byte[]>? Poll()
    {
        try
        {
            return consumer.Consume(s_poll);
        }
        catch (ConsumeException exception) when (KafkaFailure.Classify(exception.Error) != KafkaFailureKind.Refused)
        {
            health.Away(exception.Error.Reason);
            return null;
        }
        catch (ConsumeException exception)
        {
            throw new FatalException(KafkaFailure.Explain(exception.Error, $"reading topic {topic.DeadLetters}"), exception);
        }
    }
}
