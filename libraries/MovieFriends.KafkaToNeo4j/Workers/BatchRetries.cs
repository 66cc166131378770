using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using MovieFriends.Extensions;
using MovieFriends.KafkaToNeo4j.Bookkeeping;
using MovieFriends.KafkaToNeo4j.Ledger;
using MovieFriends.KafkaToNeo4j.Telemetry;
using MovieFriends.Neo4j;

namespace MovieFriends.KafkaToNeo4j.Workers;

/// <summary>Says and counts what goes wrong with batches, and waits before they are tried again. Thread-safe.</summary>
/// <param name="statistics">Counts.</param>
/// <param name="telemetry">Counts, too, and describes each batch's span.</param>
/// <param name="health">Hears which partitions have to wait.</param>
/// <param name="random">Spreads the waits, so that rivals do not meet again; thread-safe.</param>
/// <param name="stream">Which graph it is.</param>
/// <param name="logger">Hears of each failure.</param>
internal sealed partial class BatchRetries(
    StreamStatistics statistics, StreamTelemetry telemetry, DatabaseHealth health, Random random, StreamSettings stream, ILogger<BatchRetries> logger)
{
    /// <summary>An attempt has failed and is repeated.</summary>
    /// <returns>Whether it was a deadlock, which says nothing about the database's health.</returns>
    public bool Count(TopicPartition partition, PendingBatch batch, Exception exception)
    {
        var error = Neo4jTelemetry.ErrorType(exception);
        var deadlock = error == GraphFailure.DeadlockCode;
        statistics.Retry(deadlock);
        telemetry.Retry(batch.Span, exception, error, batch.Attempt, deadlock);
        LogRetry(logger, partition.Topic, partition.Partition.Value, batch.Attempt, error);
        return deadlock;
    }

    /// <summary>The same, and the repetition has to wait: longer each time.</summary>
    /// <param name="partition">The batch's partition.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="exception">What keeps it from being written.</param>
    /// <param name="failures">How many attempts have failed in a row.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task WaitAsync(TopicPartition partition, PendingBatch batch, Exception exception, int failures, CancellationToken cancellationToken)
    {
        if (!Count(partition, batch, exception))
            health.Failing(partition.Partition.Value, BatchFailure.Explain(exception, stream.Graph));
        await health.DelayAsync(Backoff.After(failures, random.NextDouble()), cancellationToken);
    }

    /// <summary>The database answers.</summary>
    public void Working(TopicPartition partition) => health.Working(partition.Partition.Value);

    /// <summary>The batch is written in halves.</summary>
    public static void Halved(PendingBatch batch, Exception exception) =>
        StreamTelemetry.Halved(batch.Span, exception, Neo4jTelemetry.ErrorType(exception));

    /// <summary>No repetition mends it.</summary>
    /// <returns>The error that ends the stream.</returns>
    public FatalException Stopped(PendingBatch batch, Exception exception)
    {
        StreamTelemetry.Failed(batch.Span, exception.Message, Neo4jTelemetry.ErrorType(exception));
        return new FatalException(BatchFailure.Describe(exception, stream.Graph), exception);
    }

    /// <summary>The batch is not this consumer's to write.</summary>
    public void Fenced(TopicPartition partition, PendingBatch batch, LedgerEntry? entry)
    {
        telemetry.Fenced(batch.Span);
        LogFenced(logger, partition.Topic, partition.Partition.Value, batch.Batch.FromOffset, entry?.NextOffset ?? -1, entry?.Owner ?? "nobody");
    }

    [LoggerMessage(LogLevel.Debug, "{Topic} partition {Partition}: attempt {Attempt} failed with {Error}; the batch is tried again.")]
    private static partial void LogRetry(ILogger logger, string topic, int partition, int attempt, string error);

    [LoggerMessage(LogLevel.Warning, "{Topic} partition {Partition}: the batch from offset {From} is given up: the ledger stands at {NextOffset}, moved by {Owner}. Reading goes on from there.")]
    private static partial void LogFenced(ILogger logger, string topic, int partition, long from, long nextOffset, string owner);
}
