using MovieFriends.Consumer.Batching;

namespace MovieFriends.Consumer.Writing;

/// <summary>Writes one batch in one transaction, step by step: everything but the commit. Used by one worker.</summary>
internal interface IGraphWriter
{
    /// <summary>Opens a transaction and moves the ledger within it. From here on it holds the lock of its partition's ledger, and no other.</summary>
    /// <exception cref="LedgerMovedException">The batch is not the next one of its partition.</exception>
    Task<OpenTransaction> ClaimAsync(int partition, ChargeBatch batch, CancellationToken cancellationToken);

    /// <summary>Writes a batch whose ledger is claimed, and its dead letters: everything but the commit.</summary>
    /// <param name="claimed">What <see cref="ClaimAsync"/> gave.</param>
    /// <param name="partition">The batch's partition.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="lookUp">Whether to ask first which charges the graph has; if not, all are taken for new.</param>
    /// <param name="rejection">Why the database rejects the batch's only charge, which is to be a dead letter then; else null.</param>
    /// <param name="cancellationToken">Abandons the transaction.</param>
    Task<BatchOutcome> WriteAsync(OpenTransaction claimed, int partition, ChargeBatch batch, bool lookUp, string? rejection, CancellationToken cancellationToken);

    /// <summary>
    /// Creates the charges of a batch, all of them new as far as is known, while the batch before it is committed. Nothing of it counts before its ledger is claimed.
    /// </summary>
    /// <returns>The transaction, and how many charges were created: fewer than there are if users are unknown.</returns>
    Task<(OpenTransaction Open, int Created)> PrepareAsync(ChargeBatch batch);

    /// <summary>Moves the ledger for a batch that is prepared, and writes its dead letters: everything but the commit.</summary>
    /// <param name="prepared">The transaction that <see cref="PrepareAsync"/> gave.</param>
    /// <param name="created">How many charges it created.</param>
    /// <param name="partition">The batch's partition.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="cancellationToken">Abandons the transaction.</param>
    /// <exception cref="LedgerMovedException">The batch is not the next one of its partition.</exception>
    Task<BatchOutcome> WritePreparedAsync(OpenTransaction prepared, int created, int partition, ChargeBatch batch, CancellationToken cancellationToken);
}
