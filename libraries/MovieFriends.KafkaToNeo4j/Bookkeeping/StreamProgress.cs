using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MovieFriends.Extensions;
using MovieFriends.KafkaToNeo4j.Bookkeeping;
using MovieFriends.KafkaToNeo4j.Telemetry;
using ILogger = Microsoft.Extensions.Logging.ILogger;

namespace MovieFriends.KafkaToNeo4j;

/// <summary>Says how far the stream is, and what came out in the end.</summary>
internal sealed partial class StreamProgress(
    StreamSettings stream, StreamStatistics statistics, StopCondition stop, IOptions<ProgressOptions> options, TimeProvider time, ILogger<StreamProgress> logger)
{
    /// <summary>Starts the progress line, which ends when it is disposed.</summary>
    public IDisposable Start() => new Line(stream.Stage ?? stream.Topic.Name, statistics, stop, options.Value.Interval, time, logger);

    /// <summary>Says what came out.</summary>
    public StreamReport Report()
    {
        var report = statistics.Report();
        LogSummary(
            logger, report.Messages, stream.Topic.Name, report.Seconds, report.MessagesPerSecond, report.MegabytesPerSecond, report.Batches,
            report.Written.Created, report.Written.Updated, report.DeadLettered, report.Written.Unmatched, report.Deadlocks);
        return report;
    }

    [LoggerMessage(LogLevel.Information, "Consumed {Messages} messages of {Topic} in {Seconds:0.00} s: {Rate:0} messages/s, {Megabytes:0.00} MB/s, {Batches} batches; {Created} rows created, {Updated} updated, {DeadLettered} dead letters, {Unmatched} unmatched, {Deadlocks} deadlocks.")]
    private static partial void LogSummary(ILogger logger, long messages, string topic, double seconds, double rate, double megabytes, long batches, long created, long updated, long deadLettered, long unmatched, long deadlocks);

    private sealed class Line : IDisposable
    {
        private readonly StreamStatistics _statistics;
        private readonly StopCondition _stop;
        private readonly ProgressReporter _reporter;
        private readonly ITimer _tick;

        public Line(string stage, StreamStatistics statistics, StopCondition stop, TimeSpan interval, TimeProvider time, ILogger logger)
        {
            (_statistics, _stop) = (statistics, stop);
            _reporter = new ProgressReporter(logger, time, interval, stage, "messages", 0);
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
