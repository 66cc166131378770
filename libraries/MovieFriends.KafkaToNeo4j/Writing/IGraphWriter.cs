using MovieFriends.KafkaToNeo4j.Batching;

namespace MovieFriends.KafkaToNeo4j.Writing;

/// <summary>Writes one batch in one transaction, step by step: everything but the commit. Used by one worker.</summary>
internal interface IGraphWriter
{
    /// <summary>Whether rows can be prepared.</summary>
    bool WritesAhead { get; }

    /// <summary>Opens a transaction and moves the ledger within it. From here on it holds the lock of its partition's ledger, and no other.</summary>
    /// <exception cref="LedgerMovedException">The batch is not the next one of its partition.</exception>
    Task<OpenTransaction> ClaimAsync(int partition, MessageBatch batch, CancellationToken cancellationToken);

    /// <summary>Writes a batch whose ledger is claimed, and its dead letters: everything but the commit.</summary>
    /// <param name="claimed">What <see cref="ClaimAsync"/> gave.</param>
    /// <param name="partition">The batch's partition.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="lookUp">Whether to look first which rows the graph has; if not, all are taken for new.</param>
    /// <param name="rejection">Why the database rejects the batch's only message, which is to be a dead letter then; else null.</param>
    /// <param name="cancellationToken">Abandons the transaction.</param>
    Task<BatchOutcome> WriteAsync(OpenTransaction claimed, int partition, MessageBatch batch, bool lookUp, string? rejection, CancellationToken cancellationToken);

    /// <summary>
    /// Writes the rows of a batch, all of them new as far as is known, while the batch before it is committed. Nothing of it counts before its ledger is claimed.
    /// </summary>
    /// <returns>The transaction, and what was written.</returns>
    Task<(OpenTransaction Open, WriteResult Written)> PrepareAsync(MessageBatch batch);

    /// <summary>Moves the ledger for a batch that is prepared, and writes its dead letters: everything but the commit.</summary>
    /// <param name="prepared">The transaction that <see cref="PrepareAsync"/> gave.</param>
    /// <param name="written">What was written in it.</param>
    /// <param name="partition">The batch's partition.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="cancellationToken">Abandons the transaction.</param>
    /// <exception cref="LedgerMovedException">The batch is not the next one of its partition.</exception>
    Task<BatchOutcome> WritePreparedAsync(OpenTransaction prepared, WriteResult written, int partition, MessageBatch batch, CancellationToken cancellationToken);
}
