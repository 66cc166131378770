using Confluent.Kafka;
using Microsoft.Extensions.Options;
using MovieFriends.Contracts.Reporting;
using MovieFriends.Extensions;
using MovieFriends.Kafka;
using MovieFriends.ServiceDefaults.Hosting;
using ILogger = Microsoft.Extensions.Logging.ILogger;

namespace MovieFriends.Replayer.DeadLetters;

/// <summary>Puts dead letters back to the end of the topic they came from, each original once.</summary>
internal sealed partial class ReplayService(
    IConsumer<byte[], byte[]> consumer,
    TopicReadiness readiness,
    DeadLetterReplay replay,
    TopicSettings topic,
    ServiceExit exit,
    ILogger<ReplayService> logger) : OneShotService(exit, logger)
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);

    protected override async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (!topic.Headers)
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
        var (report, examples) = replay.Run(sourcePartitions, cancellationToken);
        LogTable(logger, ReplayTable.Write(topic.Name, report, examples));
        if (!report.Applied && report.PutBack > 0)
            LogDryRun(logger, report.PutBack);
        StageLog.Report(logger, "replay", report, ReportJson.Default.ReplayReport);
    }

    [LoggerMessage(LogLevel.Information, "{Table}")]
    private static partial void LogTable(ILogger logger, string table);

    [LoggerMessage(LogLevel.Information, "This was a dry run and nothing was sent. With --apply (Replayer:Apply=true) {Count} messages go back to their topic.")]
    private static partial void LogDryRun(ILogger logger, long count);
}
