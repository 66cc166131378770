using MovieFriends.KafkaToNeo4j.Batching;
using MovieFriends.KafkaToNeo4j.DeadLetters;
using MovieFriends.KafkaToNeo4j.Ledger;
using MovieFriends.KafkaToNeo4j.Ports;

namespace MovieFriends.KafkaToNeo4j.Writing;

/// <summary>The ledger does not stand where the batch starts, or speaks of another topic: another owner has moved it, or the answer to our own commit was lost.</summary>
internal sealed class LedgerMovedException() : Exception("The ledger has moved.");

/// <summary>
/// Writes one batch in one transaction: the ledger first, then the rows, then, before the commit, the dead letters. A batch that is
/// prepared has its rows before the ledger, which makes no difference once it is committed. Used by one worker.
/// </summary>
internal sealed class GraphWriter(
    IGraph graph,
    OffsetLedger ledger,
    RowWriter rows,
    DeadLetterPublisher publisher,
    PendingDeadLetters pending,
    LedgerFence fence,
    StreamSettings stream) : IGraphWriter
{
    /// <inheritdoc/>
    public bool WritesAhead => rows.WritesAhead;

    /// <inheritdoc/>
    public async Task<OpenTransaction> ClaimAsync(int partition, MessageBatch batch, CancellationToken cancellationToken)
    {
        var open = await OpenAsync();
        try
        {
            await ClaimAsync(open, partition, batch, cancellationToken);
            return open;
        }
        catch
        {
            await open.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<BatchOutcome> WriteAsync(
        OpenTransaction claimed, int partition, MessageBatch batch, bool lookUp, string? rejection, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var deadLetters = new DeadLetterList(batch);
        var written = default(WriteResult);
        if (rejection is not null)
            deadLetters.AddRejected(rejection);
        else if (batch.Rows.Count > 0)
            written = await WriteAsync(claimed, batch.Rows, lookUp, deadLetters);
        return await SendDeadLettersAsync(claimed, partition, deadLetters, written, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<(OpenTransaction Open, WriteResult Written)> PrepareAsync(MessageBatch batch)
    {
        var open = await OpenAsync();
        try
        {
            return (open, batch.Rows.Count == 0 ? default : await rows.InsertAsync(open, batch.Rows));
        }
        catch
        {
            await open.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<BatchOutcome> WritePreparedAsync(OpenTransaction prepared, WriteResult written, int partition, MessageBatch batch, CancellationToken cancellationToken)
    {
        await ClaimAsync(prepared, partition, batch, cancellationToken);
        var deadLetters = new DeadLetterList(batch);
        if (batch.Rows.Count > 0)
            written = await rows.CompleteAsync(prepared, batch.Rows, written, deadLetters);
        return await SendDeadLettersAsync(prepared, partition, deadLetters, written, cancellationToken);
    }

    /// <summary>Runs the statements of a batch, without any row, in a transaction that is taken back.</summary>
    public async Task WarmUpAsync()
    {
        await using var open = await OpenAsync();
        await ledger.ClaimAsync(open, OffsetLedger.NoPartition, 0, 0, fence.StartedOver);
        await rows.WarmUpAsync(open);
    }

    private async Task<WriteResult> WriteAsync(OpenTransaction transaction, IRowSet batch, bool lookUp, DeadLetterList deadLetters)
    {
        var written = lookUp ? await rows.UpsertAsync(transaction, batch) : await rows.InsertAsync(transaction, batch);
        return await rows.CompleteAsync(transaction, batch, written, deadLetters);
    }

    private Task<OpenTransaction> OpenAsync() => graph.BeginAsync(stream.Options.TransactionTimeout);

    private async Task ClaimAsync(OpenTransaction open, int partition, MessageBatch batch, CancellationToken cancellationToken)
    {
        if (!await ledger.ClaimAsync(open, partition, batch.FromOffset, batch.NextOffset, fence.StartedOver))
            throw new LedgerMovedException();
        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task<BatchOutcome> SendDeadLettersAsync(
        OpenTransaction transaction, int partition, DeadLetterList deadLetters, WriteResult written, CancellationToken cancellationToken)
    {
        if (await publisher.SendAsync(partition, deadLetters, pending, cancellationToken) is { } end)
            await ledger.NoteDeadLettersAsync(transaction, partition, end);
        cancellationToken.ThrowIfCancellationRequested();
        return new BatchOutcome(written, deadLetters.Count);
    }
}
