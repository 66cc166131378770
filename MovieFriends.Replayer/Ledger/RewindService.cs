using Confluent.Kafka;
using Microsoft.Extensions.Options;
using MovieFriends.Contracts.Reporting;
using MovieFriends.Extensions;
using MovieFriends.Kafka;
using MovieFriends.ServiceDefaults.Hosting;
using ILogger = Microsoft.Extensions.Logging.ILogger;

namespace MovieFriends.Replayer.Ledger;

/// <summary>Moves the ledger, and with it the place from which the consumer reads.</summary>
internal sealed partial class RewindService(
    IConsumer<byte[], byte[]> consumer,
    TopicReadiness readiness,
    RewindTargets targets,
    LedgerMover ledger,
    IOptions<ReplayerOptions> options,
    TopicSettings topic,
    ServiceExit exit,
    ILogger<RewindService> logger) : OneShotService(exit, logger)
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);

    protected override async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var partitions = await readiness.FindAsync(consumer.Handle, s_timeout, cancellationToken);
        var before = await ledger.ReadAsync(partitions.Select(p => p.Partition.Value), cancellationToken);
        var (topicId, wanted) = await targets.FindAsync(partitions, before, cancellationToken);
        if (options.Value.Apply)
            before = await ledger.MoveAsync(topicId, wanted, cancellationToken);

        var moves = wanted.ConvertAll(w => w.From(before.TryGetValue(w.Range.Partition, out var from) ? from : null));
        var report = new RewindReport(options.Value.Apply, moves, moves.Sum(m => m.ReadAgain), moves.Sum(m => m.Skipped));
        LogTable(logger, RewindTable.Write(topic.Name, report));
        if (report.Skipped > 0)
            LogSkipped(logger, report.Skipped);
        if (!options.Value.Apply)
            LogDryRun(logger);
        StageLog.Report(logger, "rewind", report, ReportJson.Default.RewindReport);
        return ServiceRunner.Ok;
    }

    [LoggerMessage(LogLevel.Information, "{Table}")]
    private static partial void LogTable(ILogger logger, string table);

    [LoggerMessage(LogLevel.Warning, "The move skips {Skipped} offsets: what they hold does not come into the graph.")]
    private static partial void LogSkipped(ILogger logger, long skipped);

    [LoggerMessage(LogLevel.Information, "This was a dry run and nothing was moved. With --apply (Replayer:Apply=true) the ledger is moved.")]
    private static partial void LogDryRun(ILogger logger);
}
