namespace Neo4j.Driver;

/// <summary>Runs queries: a session or a transaction.</summary>
public interface IAsyncQueryRunner : IAsyncDisposable, IDisposable
{
    Task<IResultCursor> RunAsync(string query);

    /// <param name="query">The statement.</param>
    /// <param name="parameters">An object whose properties are the parameters.</param>
    Task<IResultCursor> RunAsync(string query, object parameters);

    Task<IResultCursor> RunAsync(string query, IDictionary<string, object> parameters);

    Task<IResultCursor> RunAsync(Query query);
}
