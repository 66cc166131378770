using System.Diagnostics;
using Confluent.Kafka;
using MovieFriends.Consumer.Batching;
using MovieFriends.Consumer.DeadLetters;
using MovieFriends.Consumer.Telemetry;
using MovieFriends.Consumer.Writing;

namespace MovieFriends.Consumer.Lanes;

/// <summary>
/// Does what is due once a batch is committed. The graph has the batch by then: whatever one of these steps throws is said once, and
/// the others are done all the same. Thread-safe.
/// </summary>
internal sealed partial class SettledBatches(
    ConsumerStatistics statistics,
    ConsumerTelemetry telemetry,
    DatabaseHealth health,
    BatchDump dump,
    OffsetCommitter committer,
    StopCondition stop,
    TimeProvider time,
    ILogger<SettledBatches> logger)
{
    /// <summary>Takes a batch that is committed. Throws nothing.</summary>
    /// <param name="partition">Its partition.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="outcome">What came of it.</param>
    /// <param name="process">The span of its processing.</param>
    /// <param name="attempt">At which attempt it was committed, from 1.</param>
    /// <param name="duration">How long it took with all attempts.</param>
    /// <param name="pending">The partition's letters.</param>
    /// <param name="log">Writes what the batch did into the log.</param>
    public void Add(
        TopicPartition partition, ChargeBatch batch, BatchOutcome outcome, Activity? process, int attempt, TimeSpan duration, PendingDeadLetters pending, Action log)
    {
        // The end comes last: it asks the statistics whether the consumer is done.
        Try("letters", () => pending.Settled(batch.NextOffset));
        Try("health", () => health.Working(partition.Partition.Value));
        Try("statistics", () => statistics.Committed(batch, outcome));
        Try("telemetry", () => telemetry.Committed(partition, batch, outcome, process, attempt, duration, time.GetUtcNow()));
        Try("dump", () => dump.Write(partition, batch));
        Try("log", log);
        Try("offsets", () => committer.Settled(new TopicPartitionOffset(partition, batch.NextOffset), process?.Context ?? default));
        Try("end", () => stop.Settled(partition.Partition.Value, batch.NextOffset));
    }

    private void Try(string step, Action action)
    {
        try
        {
            action();
        }
#pragma warning disable CA1031 // Whatever it is: thrown on, it would have the batch written again, which is in the graph already.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Report(step, exception);
        }
    }

    private void Report(string step, Exception exception)
    {
        try
        {
            LogFailed(logger, step, exception);
        }
#pragma warning disable CA1031 // A log that cannot be written is no reason either.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    [LoggerMessage(LogLevel.Warning, "A batch is in the graph, but what follows a commit failed at {Step}; the stream goes on.")]
    private static partial void LogFailed(ILogger logger, string step, Exception exception);
}
