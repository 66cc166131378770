using System.Diagnostics;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using MovieFriends.KafkaToNeo4j.Batching;
using MovieFriends.KafkaToNeo4j.DeadLetters;
using MovieFriends.KafkaToNeo4j.Telemetry;
using MovieFriends.KafkaToNeo4j.Writing;

namespace MovieFriends.KafkaToNeo4j.Bookkeeping;

/// <summary>A batch that is committed.</summary>
/// <param name="Partition">Its partition.</param>
/// <param name="Batch">The batch.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Process">The span of its processing.</param>
/// <param name="Attempt">At which attempt it was committed, from 1.</param>
/// <param name="Duration">How long it took with all attempts.</param>
internal readonly record struct SettledBatch(TopicPartition Partition, MessageBatch Batch, BatchOutcome Outcome, Activity? Process, int Attempt, TimeSpan Duration);

/// <summary>
/// Does what is due once a batch is committed. The graph has the batch by then: whatever one of these steps throws is said once, and
/// the others are done all the same. Thread-safe.
/// </summary>
internal sealed partial class SettledBatches(
    StreamStatistics statistics,
    StreamTelemetry telemetry,
    DatabaseHealth health,
    BatchDump dump,
    OffsetCommitter committer,
    StopCondition stop,
    TimeProvider time,
    ILogger<SettledBatches> logger)
{
    /// <summary>Takes a batch that is committed. Throws nothing.</summary>
    /// <param name="settled">The batch.</param>
    /// <param name="pending">The partition's dead letters.</param>
    public void Add(SettledBatch settled, PendingDeadLetters pending)
    {
        var (partition, batch, outcome, process, attempt, duration) = settled;

        // The end comes last: it asks the statistics whether the consumer is done.
        Try("dead letters", () => pending.Settled(batch.NextOffset));
        Try("health", () => health.Working(partition.Partition.Value));
        Try("statistics", () => statistics.Committed(batch, outcome));
        Try("telemetry", () => telemetry.Committed(partition, batch, outcome, process, attempt, duration, time.GetUtcNow()));
        Try("dump", () => dump.Write(partition, batch));
        Try("log", () => LogBatch(
            logger, partition.Topic, partition.Partition.Value, batch.FromOffset, batch.NextOffset - 1, batch.Count, outcome.Written.NodesCreated, outcome.Written.RelationshipsCreated, outcome.Written.Updated, outcome.DeadLettered, duration.TotalMilliseconds));
        Try("offsets", () => committer.Settled(new TopicPartitionOffset(partition, batch.NextOffset), process?.Context ?? default));
        Try("end", () => stop.Settled(partition.Partition.Value, batch.NextOffset));
    }

    private void Try(string step, Action action)
    {
        try
        {
            action();
        }
#pragma warning disable CA1031 // Whatever it is: the batch is in the graph, and nothing that follows may have it written again.
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

    [LoggerMessage(LogLevel.Debug, "{Topic} partition {Partition}: offsets {First} to {Last}, batch size {Count}, {Nodes} nodes and {Relationships} relationships created, {Updated} updated, {DeadLettered} dead letters, {Milliseconds:0.0} ms")]
    private static partial void LogBatch(ILogger logger, string topic, int partition, long first, long last, int count, int nodes, int relationships, int updated, int deadLettered, double milliseconds);

    [LoggerMessage(LogLevel.Warning, "A batch is in the graph, but what follows a commit failed at {Step}; the stream goes on.")]
    private static partial void LogFailed(ILogger logger, string step, Exception exception);
}
