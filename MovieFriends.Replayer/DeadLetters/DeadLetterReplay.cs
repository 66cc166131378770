using Confluent.Kafka;
using Microsoft.Extensions.Options;
using MovieFriends.Contracts.Reporting;
using MovieFriends.Extensions;
using MovieFriends.Kafka;

namespace MovieFriends.Replayer.DeadLetters;

/// <summary>
/// Reads the dead-letter topic twice: to find out what is there, then to send, so that memory holds places of dead letters but
/// not dead letters. Its calls block.
/// </summary>
internal sealed class DeadLetterReplay(
    DeadLetterReader reader,
    DeadLetterSender sender,
    IOptions<ReplayerOptions> replayerOptions,
    TopicSettings topic,
    IOptions<ProgressOptions> progressOptions,
    TimeProvider time,
    ILogger<DeadLetterReplay> logger)
{
    private readonly ReplayerOptions _options = replayerOptions.Value;
    private readonly TopicSettings _topic = topic;

    /// <summary>Puts dead letters back, or finds out which ones would go.</summary>
    /// <param name="sourcePartitions">The partitions that the source topic has.</param>
    /// <param name="cancellationToken">Ends the replay; what was put back until then stays.</param>
    /// <returns>The report, and some dead letters of each kind for people.</returns>
    public (ReplayReport Report, IReadOnlyList<string> Examples) Run(IReadOnlySet<int> sourcePartitions, CancellationToken cancellationToken)
    {
        if (_options.Apply)
            sender.Open(cancellationToken);

        var ranges = reader.FindEnds();
        var scan = Scan(ranges, cancellationToken);
        var plan = ReplayPlan.Create(scan, _options.ErrorType);
        var examples = new List<string>();
        if (plan.Count > 0)
            PutBack(ranges, plan, sourcePartitions, examples, cancellationToken);

        return (new ReplayReport(_options.Apply, plan.Types, plan.Count, scan.CutShort, scan.OfOtherTopics, scan.WithoutHeaders), examples);
    }

    private DeadLetterScan Scan(IReadOnlyList<(TopicPartition Partition, long From, long To)> ranges, CancellationToken cancellationToken)
    {
        var scan = new DeadLetterScan(_topic.Name);
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
        IReadOnlySet<int> sourcePartitions,
        List<string> examples,
        CancellationToken cancellationToken)
    {
        var examplesLeft = plan.Types.ToDictionary(t => t.ErrorType, t => (int)Math.Min(t.Chosen, _options.Examples));
        var batch = new DeadLetterBatch(_topic, _options.MessagesPerTransaction);
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
}
