using Neo4j.Driver;

namespace MovieFriends.KafkaToNeo4j;

/// <summary>
/// Writes the rows of a batch in a transaction that the stream opens, commits and repeats. Each partition has its own, which is used by one caller at a time
/// and may keep what it needs from batch to batch.
/// </summary>
/// <typeparam name="TRows">The rows.</typeparam>
public interface IRowWriter<TRows>
    where TRows : IRowSet
{
    /// <summary>
    /// Whether rows may be inserted while the batch before them is committed still: their statement must not depend on finding what that batch has
    /// created. It makes one partition faster.
    /// </summary>
    bool WritesAhead => false;

    /// <summary>Writes rows as if the graph had none of them. If it has one, its constraints must reject the statement.</summary>
    /// <param name="transaction">The batch's transaction.</param>
    /// <param name="rows">The rows; there may be none.</param>
    Task<WriteResult> InsertAsync(IAsyncQueryRunner transaction, TRows rows);

    /// <summary>Writes rows of which the graph may have some: those that an insert was rejected for, and those of some batches that follow.</summary>
    /// <param name="transaction">The batch's transaction.</param>
    /// <param name="rows">The rows; there may be none.</param>
    Task<WriteResult> UpsertAsync(IAsyncQueryRunner transaction, TRows rows) => InsertAsync(transaction, rows);

    /// <summary>Looks after rows that were not written, in the same transaction, when the batch's turn has come.</summary>
    /// <param name="transaction">The batch's transaction.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="written">What was written of them.</param>
    /// <param name="messages">The messages that the rows were made of, to count them or to make dead letters of them.</param>
    Task<WriteResult> CompleteAsync(IAsyncQueryRunner transaction, TRows rows, WriteResult written, IBatchMessages messages) => Task.FromResult(written);

    /// <summary>Runs the statements once without a row, so that the database has their plans. The transaction is taken back.</summary>
    /// <param name="transaction">A transaction of its own.</param>
    Task WarmUpAsync(IAsyncQueryRunner transaction) => Task.CompletedTask;
}

/// <summary>The messages of a batch, by the rows that they are in.</summary>
public interface IBatchMessages
{
    /// <summary>How many messages are in rows of a kind. Several can share one.</summary>
    /// <param name="isMeant">Whether a row is of that kind.</param>
    int Count(Func<int, bool> isMeant);

    /// <summary>Makes dead letters of all messages in rows of a kind.</summary>
    /// <param name="reason">The kind of error, for the header <c>error.type</c>: a word or two in small letters, with underscores.</param>
    /// <param name="explain">What is wrong with a row, in one sentence; null if it is not of that kind.</param>
    void DeadLetter(string reason, Func<int, string?> explain);
}
