using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using MovieFriends.KafkaToNeo4j.Batching;
using MovieFriends.KafkaToNeo4j.Writing;
using Neo4j.Driver;
using ILogger = Microsoft.Extensions.Logging.ILogger;

namespace MovieFriends.KafkaToNeo4j.Workers;

/// <summary>
/// Makes one attempt at a batch: everything but the commit, within the limit of those under way. Knows whether
/// rows have to be looked up first. Used by one worker.
/// </summary>
internal sealed partial class BatchWriter(
    TopicPartition partition,
    IGraphWriter graph,
    ConcurrencyLimit limit,
    StreamOptions options,
    TimeProvider time,
    ILogger<BatchWriter> logger)
{
    // So many batches without a known row, and all are taken for new again.
    private const int NewBatchesToForget = 16;

    private int _lookUpsLeft;

    /// <summary>Whether it looks first which rows of a batch the graph has; if not, all are taken for new.</summary>
    public bool LooksUp => _lookUpsLeft > 0;

    private TimeSpan Timeout => options.TransactionTimeout;

    /// <summary>A row that was taken for new was not: the next batches are looked up.</summary>
    public void LookUp() => _lookUpsLeft = NewBatchesToForget;

    /// <summary>A batch is in the graph: what it met there says what the next ones may meet.</summary>
    public void Learn(BatchOutcome outcome) =>
        _lookUpsLeft = outcome.MetKnownRows ? NewBatchesToForget : Math.Max(_lookUpsLeft - 1, 0);

    /// <summary>Writes a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="rejection">Why the database rejects its only message, which is to be a dead letter then; else null.</param>
    /// <param name="stopping">Ends the wait for a transaction.</param>
    /// <param name="abandoned">Ends everything.</param>
    /// <exception cref="LedgerMovedException">The batch is not the next one of its partition.</exception>
    public async Task<BatchTransaction> WriteAsync(MessageBatch batch, string? rejection, CancellationToken stopping, CancellationToken abandoned)
    {
        var lease = await limit.AcquireAsync(stopping);
        var transaction = new BatchTransaction(lease);
        try
        {
            var claimed = transaction.Own(await ClaimWithAsync(batch, lease, stopping, abandoned));
            return transaction.With(await graph.WriteAsync(claimed, partition.Partition.Value, batch, LooksUp, rejection, abandoned));
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    /// <summary>Writes what a prepared batch still lacks.</summary>
    /// <exception cref="LedgerMovedException">The batch is not the next one of its partition.</exception>
    public async Task<BatchTransaction> WriteAsync(PreparedBatch prepared, MessageBatch batch, CancellationToken abandoned)
    {
        var transaction = new BatchTransaction(prepared.Lease);
        try
        {
            var (open, written) = await prepared.Written;
            return transaction.With(await graph.WritePreparedAsync(transaction.Own(open), written, partition.Partition.Value, batch, abandoned));
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// A lease to prepare the next batch while this one, which has everything but its commit, is committed: that takes the database longer than the
    /// rows did. By then this batch needs no lock that the next one can have. If it did on some version of the database, the limit to
    /// the transaction's time would end it; without a limit nothing is prepared. Nothing is either if the next batch may have to look its rows
    /// up first, if others wait for a transaction, or if its rows may depend on this batch.
    /// </summary>
    /// <param name="outcome">What this batch does.</param>
    public ConcurrencyLimit.Lease? TryAcquireAfter(BatchOutcome outcome) =>
        !graph.WritesAhead || Timeout == TimeSpan.Zero || LooksUp || outcome.MetKnownRows ? null : limit.TryAcquire();

    /// <summary>Writes the rows of a batch, all of them new as far as is known, in a transaction that claims nothing yet.</summary>
    public async Task<(OpenTransaction Open, WriteResult Written)> PrepareAsync(MessageBatch batch)
    {
        LogPrepares(logger, partition.Topic, partition.Partition.Value, batch.FromOffset);

        // The commit must not wait until this batch is encoded and sent.
        await Task.Yield();
        return await graph.PrepareAsync(batch);
    }

    private async Task<OpenTransaction> ClaimWithAsync(MessageBatch batch, ConcurrencyLimit.Lease lease, CancellationToken stopping, CancellationToken abandoned)
    {
        var claimed = await graph.ClaimAsync(partition.Partition.Value, batch, abandoned);
        try
        {
            var since = time.GetTimestamp();
            await lease.WaitToWriteAsync(stopping);
            if (Timeout == TimeSpan.Zero || time.GetElapsedTime(since) <= Timeout / 4)
                return claimed;
        }
        catch
        {
            await claimed.DisposeAsync();
            throw;
        }

        // Its time ran while it stood by: one that has all of its time takes its place.
        await RollBackAsync(claimed);
        return await graph.ClaimAsync(partition.Partition.Value, batch, abandoned);
    }

    private static async Task RollBackAsync(OpenTransaction transaction)
    {
        try
        {
            await transaction.DisposeAsync();
        }
        catch (Neo4jException)
        {
            // The database has ended it already.
        }
    }

    [LoggerMessage(LogLevel.Debug, "{Topic} partition {Partition}: the batch from offset {From} is prepared while the one before it is committed.")]
    private static partial void LogPrepares(ILogger logger, string topic, int partition, long from);
}
