namespace Neo4j.Driver;

/// <summary>A transaction that its user commits or rolls back.</summary>
public interface IAsyncTransaction : IAsyncQueryRunner
{
    TransactionConfig TransactionConfig { get; }

    /// <exception cref="ServiceUnavailableException">The connection was lost: whether the transaction is committed is unknown.</exception>
    Task CommitAsync();

    Task RollbackAsync();
}
