using Microsoft.Extensions.Logging;
using MovieFriends.Extensions;
using MovieFriends.KafkaToNeo4j.DeadLetters;
using MovieFriends.KafkaToNeo4j.Ledger;

namespace MovieFriends.KafkaToNeo4j.Workers;

/// <summary>Where reading of a partition starts.</summary>
/// <param name="Start">The offset of the first message to read.</param>
/// <param name="End">The offset that the partition's next message would have had at that time.</param>
/// <param name="DeadLetters">Dead letters that are there already of messages from <paramref name="Start"/> on.</param>
/// <param name="DeadLettersEnd">The offset up to which these were looked for.</param>
/// <param name="StartedOver">How often the ledger has been started over.</param>
internal sealed record StartPosition(long Start, long End, IReadOnlyList<FoundDeadLetter> DeadLetters, long DeadLettersEnd, long StartedOver);

/// <summary>Finds out, from the ledger and the broker, where reading of a partition starts and where it ended at that time.</summary>
internal sealed partial class PartitionLocator(
    OffsetLedger ledger,
    PartitionRanges ranges,
    DeadLetterTail deadLetters,
    BrokerQuestions broker,
    LedgerQuestions questions,
    StreamSettings stream,
    ILogger<PartitionLocator> logger)
{
    /// <summary>Finds a partition's start position, however long it takes.</summary>
    /// <exception cref="FatalException">Ledger and topic do not belong together, or messages are gone and the policy is to stop, or Kafka refuses to say for too long.</exception>
    public async Task<StartPosition> FindStartAsync(int partition, CancellationToken cancellationToken)
    {
        for (; ; )
        {
            // The ledger first: if another consumer moves it on meanwhile, it must not look as if it stood past the partition's end.
            var entry = await ReadAsync(partition, cancellationToken);
            var range = await AskRangeAsync(partition, cancellationToken);

            // What is gone may have been read since the ledger was: only one that still stands there says that it was not.
            if (entry is { } before && before.NextOffset < range.Low && await ReadAsync(partition, cancellationToken) != before)
                continue;
            var deadLettersEnd = await AskDeadLettersAsync(partition, cancellationToken);
            var (start, gone, startsOver) = LedgerStart.Decide(stream, partition, entry, range);
            var topicId = range.TopicId.Length > 0 ? range.TopicId : entry?.TopicId ?? string.Empty;
            var startedOver = entry?.StartedOver ?? 0;
            if (startsOver)
            {
                if (await StartOverAsync(partition, entry!.Value, start, range.TopicId, cancellationToken))
                    return await StartAtAsync(partition, start, range.High, startedOver + 1, cancellationToken);
                continue;
            }

            if (await questions.AskAsync(partition, () => ledger.OpenAsync(partition, start, topicId, deadLettersEnd, startedOver), cancellationToken) is not { } opened)
                continue;

            // Another consumer may have skipped them meanwhile, and gone on: the ledger must not go back.
            if (gone == 0 || opened >= start)
                return await StartAtAsync(partition, opened, range.High, startedOver, cancellationToken);
            if (await SkipAsync(partition, opened, start, startedOver, cancellationToken))
                return await StartAtAsync(partition, start, range.High, startedOver, cancellationToken);
        }
    }

    /// <summary>Asks the broker once what finding a start position takes.</summary>
    public async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        const int First = 0;
        await AskRangeAsync(First, cancellationToken);
        await AskDeadLettersAsync(First, cancellationToken);
    }

    /// <summary>Whether the ledger stands where it is thought to.</summary>
    public async Task<bool> IsAtAsync(int partition, long position, CancellationToken cancellationToken) =>
        (await ReadAsync(partition, cancellationToken))?.NextOffset == position;

    private Task<LedgerEntry?> ReadAsync(int partition, CancellationToken cancellationToken) =>
        questions.AskAsync(partition, () => ledger.ReadAsync(partition), cancellationToken);

    private async Task<bool> SkipAsync(int partition, long from, long to, long startedOver, CancellationToken cancellationToken)
    {
        LogGone(logger, to - from, stream.Topic.Name, partition, from, to - 1);
        return await questions.AskAsync(partition, () => ledger.SkipAsync(partition, from, to, startedOver), cancellationToken);
    }

    private async Task<bool> StartOverAsync(int partition, LedgerEntry from, long to, string topicId, CancellationToken cancellationToken)
    {
        LogStartsOver(logger, stream.Topic.Name, partition, stream.Options.Key(nameof(StreamOptions.OnNewTopic)), from.NextOffset, from.TopicId, to, topicId);
        return await questions.AskAsync(
            partition, () => ledger.StartOverAsync(partition, from, to, topicId, () => AskDeadLettersAsync(partition, cancellationToken)), cancellationToken);
    }

    // The ledger was held by nobody when it was opened: whoever had the partition before sends no more dead letters.
    private async Task<StartPosition> StartAtAsync(int partition, long start, long end, long startedOver, CancellationToken cancellationToken)
    {
        var entry = await ReadAsync(partition, cancellationToken);
        var (found, deadLettersEnd) = await broker.AskAsync(
            stream.Topic.DeadLetters, partition, () => deadLetters.FindAsync(partition, start, entry?.DeadLetterOffset), cancellationToken);
        return new StartPosition(start, end, found, deadLettersEnd, startedOver);
    }

    private Task<PartitionRange> AskRangeAsync(int partition, CancellationToken cancellationToken) => broker.AskAsync(
        stream.Topic.Name, partition, () => ranges.ReadAsync(partition, cancellationToken), cancellationToken);

    private Task<long> AskDeadLettersAsync(int partition, CancellationToken cancellationToken) => broker.AskAsync(
        stream.Topic.DeadLetters, partition, () => deadLetters.EndAsync(partition), cancellationToken);

    [LoggerMessage(LogLevel.Warning, "{Gone} messages of {Topic} partition {Partition} are skipped: retention deleted offsets {From} to {To} before they were read.")]
    private static partial void LogGone(ILogger logger, long gone, string topic, int partition, long from, long to);

    [LoggerMessage(LogLevel.Warning, "Topic {Topic} partition {Partition} is another one than the graph's ledger speaks of, or has lost messages ({Option}=StartOver): the ledger stood at offset {From} of topic id '{Before}', and starts over at offset {To} of topic id '{Now}'.")]
    private static partial void LogStartsOver(ILogger logger, string topic, int partition, string option, long from, string before, long to, string now);
}
