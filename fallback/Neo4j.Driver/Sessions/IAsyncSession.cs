namespace Neo4j.Driver;

/// <summary>A chain of transactions, one after another. Not for concurrent use.</summary>
public interface IAsyncSession : IAsyncQueryRunner
{
    /// <summary>Of the last transaction; a session that starts with them sees what that transaction wrote.</summary>
    Bookmarks LastBookmarks { get; }

    SessionConfig SessionConfig { get; }

    Task<IAsyncTransaction> BeginTransactionAsync();

    Task<IAsyncTransaction> BeginTransactionAsync(Action<TransactionConfigBuilder> action);

    /// <summary>Runs work in a reading transaction, and again in a new one while it fails for a passing reason.</summary>
    Task<TResult> ExecuteReadAsync<TResult>(
        Func<IAsyncQueryRunner, Task<TResult>> work,
        Action<TransactionConfigBuilder> action = null);

    /// <inheritdoc cref="ExecuteReadAsync{TResult}"/>
    Task ExecuteReadAsync(Func<IAsyncQueryRunner, Task> work, Action<TransactionConfigBuilder> action = null);

    /// <summary>Runs work in a writing transaction, and again in a new one while it fails for a passing reason.</summary>
    Task<TResult> ExecuteWriteAsync<TResult>(
        Func<IAsyncQueryRunner, Task<TResult>> work,
        Action<TransactionConfigBuilder> action = null);

    /// <inheritdoc cref="ExecuteWriteAsync{TResult}"/>
    Task ExecuteWriteAsync(Func<IAsyncQueryRunner, Task> work, Action<TransactionConfigBuilder> action = null);

    Task CloseAsync();

    /// <summary>Runs a query in a transaction of its own; its failure shows when the result is read.</summary>
    Task<IResultCursor> RunAsync(string query, Action<TransactionConfigBuilder> action = null);

    /// <inheritdoc cref="RunAsync(string, Action{TransactionConfigBuilder})"/>
    Task<IResultCursor> RunAsync(
        string query,
        IDictionary<string, object> parameters,
        Action<TransactionConfigBuilder> action = null);

    /// <inheritdoc cref="RunAsync(string, Action{TransactionConfigBuilder})"/>
    Task<IResultCursor> RunAsync(Query query, Action<TransactionConfigBuilder> action = null);
}
