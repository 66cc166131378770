using Confluent.Kafka;
using Microsoft.Extensions.Options;
using MovieFriends.Consumer.DeadLetters;
using MovieFriends.Consumer.Ledger;
using MovieFriends.Consumer.Polling;
using MovieFriends.Contracts.Topics;
using MovieFriends.Extensions;
using MovieFriends.Kafka;
using MovieFriends.Neo4j;

namespace MovieFriends.Consumer.Lanes;

/// <summary>Finds out, from the ledger and the broker, where reading of a partition starts and where it ended at that time.</summary>
internal sealed partial class PartitionLocator(
    IConsumer<byte[], byte[]> client,
    OffsetLedger ledger,
    DeadLetterTail deadLetters,
    TopicIdentity identity,
    GraphRetry retry,
    KafkaHealth health,
    IOptions<TopicOptions> topics,
    IOptions<ConsumerOptions> options,
    TimeProvider time,
    ILogger<PartitionLocator> logger)
{
    // A topic that was created just now has no leader for a moment.
    private const int QuietFailures = 3;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>Finds a partition's place, however long it takes.</summary>
    /// <exception cref="FatalException">Ledger and topic do not belong together, or messages are gone and the policy is to stop, or Kafka refuses to say for too long.</exception>
    public async Task<PartitionPlace> LocateAsync(int partition, CancellationToken cancellationToken)
    {
        for (; ; )
        {
            // The ledger first: if another consumer moves it on meanwhile, it must not look as if it stood past the partition's end.
            var entry = await retry.RunAsync(() => ledger.ReadAsync(partition), cancellationToken);
            var range = await AskBrokerAsync(topics.Value.Charges, partition, () => AskRangeAsync(partition), cancellationToken);
            var letters = await AskLettersAsync(partition, cancellationToken);
            var (start, gone) = LedgerStart.Decide(topics.Value.Charges, partition, entry, range, options.Value.OnGap);
            var topicId = range.TopicId.Length > 0 ? range.TopicId : entry?.TopicId ?? string.Empty;
            var opened = await retry.RunAsync(() => ledger.OpenAsync(partition, start, topicId, letters), cancellationToken);
            if (gone == 0 || await PassOverAsync(partition, opened, start, gone, cancellationToken))
                return await PlaceAsync(partition, gone == 0 ? opened : start, range.High, cancellationToken);
        }
    }

    /// <summary>Asks the broker once what finding a place takes.</summary>
    public async Task RehearseAsync(CancellationToken cancellationToken)
    {
        const int First = 0;
        await AskBrokerAsync(topics.Value.Charges, First, () => AskRangeAsync(First), cancellationToken);
        await AskLettersAsync(First, cancellationToken);
    }

    /// <summary>Whether the ledger stands where it is thought to.</summary>
    public async Task<bool> StandsAtAsync(int partition, long position, CancellationToken cancellationToken) =>
        (await retry.RunAsync(() => ledger.ReadAsync(partition), cancellationToken))?.NextOffset == position;

    private async Task<bool> PassOverAsync(int partition, long from, long to, long gone, CancellationToken cancellationToken)
    {
        LogGone(logger, gone, topics.Value.Charges, partition, from, to - 1);
        return await retry.RunAsync(() => ledger.PassOverAsync(partition, from, to), cancellationToken);
    }

    // The ledger was held by nobody when it was opened: whoever had the partition before sends no more letters.
    private async Task<PartitionPlace> PlaceAsync(int partition, long start, long end, CancellationToken cancellationToken)
    {
        var entry = await retry.RunAsync(() => ledger.ReadAsync(partition), cancellationToken);
        var found = await AskBrokerAsync(
            topics.Value.DeadLetters, partition, () => Task.Run(() => deadLetters.Find(partition, start, entry?.DeadLetterOffset), cancellationToken), cancellationToken);
        return new PartitionPlace(start, end, found);
    }

    private async Task<PartitionRange> AskRangeAsync(int partition)
    {
        // The client's own call blocks.
        var watermarks = await Task.Run(() => client.QueryWatermarkOffsets(new TopicPartition(topics.Value.Charges, partition), s_patience));
        return new PartitionRange(await identity.ReadAsync(), watermarks.Low, watermarks.High);
    }

    private Task<long> AskLettersAsync(int partition, CancellationToken cancellationToken) => AskBrokerAsync(
        topics.Value.DeadLetters, partition, () => Task.Run(() => deadLetters.End(partition), cancellationToken), cancellationToken);

    private async Task<T> AskBrokerAsync<T>(string topic, int partition, Func<Task<T>> question, CancellationToken cancellationToken)
    {
        var what = $"where topic {topic} stands";
        for (var failures = 1; ; failures++)
        {
            try
            {
                var answer = await question().WaitAsync(cancellationToken);
                health.Working(what);
                return answer;
            }
            catch (KafkaException exception)
            {
                if (KafkaFailure.Classify(exception.Error) == KafkaFailureKind.Refused)
                    health.Failed(exception.Error, what);
                else if (failures == QuietFailures + 1)
                    LogWaiting(logger, partition, topic, exception.Error.Reason);
                await Task.Delay(Backoff.After(failures, Random.Shared.NextDouble()), time, cancellationToken);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Gone} messages of {Topic} partition {Partition} are passed over: retention deleted offsets {From} to {To} before they were read.")]
    private static partial void LogGone(ILogger logger, long gone, string topic, int partition, long from, long to);

    [LoggerMessage(LogLevel.Warning, "Partition {Partition} waits: Kafka does not say where topic {Topic} stands, and is asked again until it does: {Reason}")]
    private static partial void LogWaiting(ILogger logger, int partition, string topic, string reason);
}
