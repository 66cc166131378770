using Confluent.Kafka;
using Microsoft.Extensions.Options;
using MovieFriends.Contracts.Reporting;
using MovieFriends.Contracts.Topics;
using MovieFriends.Extensions;
using MovieFriends.Kafka;
using MovieFriends.ServiceDefaults.Hosting;
using ILogger = Microsoft.Extensions.Logging.ILogger;

namespace MovieFriends.Replayer.DeadLetters;

/// <summary>
/// Puts dead letters back to the end of the topic they came from, each original once. Reads the dead-letter topic twice:
/// to find out what is there, then to send, so that memory holds places of dead letters but not dead letters.
/// </summary>
internal sealed partial class ReplayService(
    IConsumer<byte[], byte[]> consumer,
    TopicReadiness readiness,
    DeadLetterReader reader,
    DeadLetterSender sender,
    IOptions<ReplayerOptions> replayerOptions,
    IOptions<TopicOptions> topicOptions,
    IOptions<ProgressOptions> progressOptions,
    TimeProvider time,
    ServiceExit exit,
    ILogger<ReplayService> logger) : OneShotService(exit, logger)
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);

    private readonly ReplayerOptions _options = replayerOptions.Value;
    private readonly TopicOptions _topics = topicOptions.Value;

    protected override async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (!_topics.Headers)
        {
            throw new FatalException(
                $"Dead letters cannot be put back: the broker keeps no headers (Topics:Headers=false), so a dead letter does not say where it came from. The consumer's log names partition, offset and error of each; send those messages again yourself, or read the topic again with 'rewind'.");
        }

        var source = await readiness.FindAsync(consumer.Handle, s_timeout, cancellationToken);

        // The client's own calls block.
        await Task.Factory.StartNew(
            () => Replay(source.Select(p => p.Partition.Value).ToHashSet(), cancellationToken),
            cancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        return ServiceRunner.Ok;
    }

    private void Replay(HashSet<int> sourcePartitions, CancellationToken cancellationToken)
    {
        if (_options.Apply)
            sender.Open(cancellationToken);

        var ranges = reader.FindEnds();
        var scan = Scan(ranges, cancellationToken);
        var plan = ReplayPlan.Create(scan, _options.ErrorType);
        var examples = new List<string>();
        if (plan.Count > 0)
            PutBack(ranges, plan, sourcePartitions, examples, cancellationToken);

        var report = new ReplayReport(_options.Apply, plan.Types, plan.Count, scan.CutShort, scan.OfOtherTopics, scan.WithoutHeaders);
        LogTable(logger, ReplayTable.Write(_topics.Charges, report, examples));
        if (!_options.Apply && plan.Count > 0)
            LogDryRun(logger, plan.Count);
        StageLog.Report(logger, "replay", report, ReportJson.Default.ReplayReport);
    }

    private DeadLetterScan Scan(IReadOnlyList<(TopicPartition Partition, long From, long To)> ranges, CancellationToken cancellationToken)
    {
        var scan = new DeadLetterScan(_topics.Charges);
        using var progress = new ProgressReporter(logger, time, progressOptions.Value.Interval, "read dead letters", "messages", ranges.Sum(r => r.To - r.From));
        foreach (var message in reader.Read(ranges, cancellationToken))
        {
            scan.Add(message.TopicPartitionOffset, message.Message);
            progress.Add(1);
        }

        return scan;
    }

    private void PutBack(
        IReadOnlyList<(TopicPartition Partition, long From, long To)> ranges,
        ReplayPlan plan,
        HashSet<int> sourcePartitions,
        List<string> examples,
        CancellationToken cancellationToken)
    {
        var examplesLeft = plan.Types.ToDictionary(t => t.ErrorType, t => (int)Math.Min(t.Chosen, _options.Examples));
        var batch = new DeadLetterBatch(_topics, _options.MessagesPerTransaction);
        using var progress = _options.Apply ? new ProgressReporter(logger, time, progressOptions.Value.Interval, "replay", "messages", plan.Count) : null;
        foreach (var message in reader.Read(ranges, cancellationToken))
        {
            if (!plan.Contains(message.Partition.Value, message.Offset.Value) || DeadLetter.Read(message.Message) is not { } deadLetter)
                continue;

            if (examplesLeft[deadLetter.Source.ErrorType]-- > 0)
                examples.Add(ReplayTable.Example(deadLetter, message.Message.Value));
            if (!_options.Apply)
            {
                if (examplesLeft.Values.All(left => left <= 0))
                    return;
                continue;
            }

            batch.Add(message.TopicPartitionOffset, deadLetter, message.Message, sourcePartitions);
            if (batch.IsFull)
                Send(batch, progress, cancellationToken);
        }

        if (batch.Count > 0)
            Send(batch, progress, cancellationToken);
    }

    private void Send(DeadLetterBatch batch, ProgressReporter? progress, CancellationToken cancellationToken)
    {
        sender.Send(batch, cancellationToken);
        progress?.Add(batch.Count);
        batch.Clear();
    }

    [LoggerMessage(LogLevel.Information, "{Table}")]
    private static partial void LogTable(ILogger logger, string table);

    [LoggerMessage(LogLevel.Information, "This was a dry run and nothing was sent. With --apply (Replayer:Apply=true) {Count} messages go back to their topic.")]
    private static partial void LogDryRun(ILogger logger, int count);
}
