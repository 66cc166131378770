using Microsoft.Extensions.Options;
using MovieFriends.Consumer.Bookkeeping;
using MovieFriends.Consumer.Telemetry;
using MovieFriends.Contracts.Reporting;
using MovieFriends.Extensions;
using ILogger = Microsoft.Extensions.Logging.ILogger;

namespace MovieFriends.Consumer;

/// <summary>Says how far the consumer is, and what came out in the end.</summary>
internal sealed partial class ConsumerProgress(
    ConsumerStatistics statistics, StopCondition stop, IOptions<ProgressOptions> options, TimeProvider time, ILogger<ConsumerProgress> logger)
{
    /// <summary>Starts the progress line, which ends when it is disposed.</summary>
    public IDisposable Start() => new Line(statistics, stop, options.Value.Interval, time, logger);

    /// <summary>Says what came out.</summary>
    public void Report()
    {
        var report = statistics.Report();
        LogSummary(logger, report.Messages, report.Seconds, report.ChargesPerSecond, report.MegabytesPerSecond, report.Batches, report.Created, report.Updated, report.DeadLettered, report.UnknownUsers, report.Deadlocks);
        StageLog.Report(logger, "consumer", report, ReportJson.Default.ConsumerReport);
    }

    [LoggerMessage(LogLevel.Information, "Consumed {Messages} messages in {Seconds:0.00} s: {Rate:0} messages/s, {Megabytes:0.00} MB/s, {Batches} batches; {Created} charges created, {Updated} updated, {DeadLettered} dead letters, {UnknownUsers} unknown users, {Deadlocks} deadlocks.")]
    private static partial void LogSummary(ILogger logger, long messages, double seconds, double rate, double megabytes, long batches, long created, long updated, long deadLettered, long unknownUsers, long deadlocks);

    private sealed class Line : IDisposable
    {
        private readonly ConsumerStatistics _statistics;
        private readonly StopCondition _stop;
        private readonly ProgressReporter _reporter;
        private readonly ITimer _tick;

        public Line(ConsumerStatistics statistics, StopCondition stop, TimeSpan interval, TimeProvider time, ILogger logger)
        {
            (_statistics, _stop) = (statistics, stop);
            _reporter = new ProgressReporter(logger, time, interval, "consume", "messages", 0);
            _tick = time.CreateTimer(_ => Update(), null, TimeSpan.Zero, interval / 4);
        }

        public void Dispose()
        {
            Update();
            _tick.Dispose();
            _reporter.Dispose();
        }

        private void Update() => _reporter.Update(_statistics.Settled, _stop.Total);
    }
}
