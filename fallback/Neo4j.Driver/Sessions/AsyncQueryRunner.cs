namespace Neo4j.Driver.Sessions;

/// <summary>The ways to hand over a query and its parameters.</summary>
internal abstract class AsyncQueryRunner : IAsyncQueryRunner
{
    public Task<IResultCursor> RunAsync(string query) => RunAsync(new Query(query));

    public Task<IResultCursor> RunAsync(string query, object parameters) => RunAsync(new Query(query, parameters));

    public Task<IResultCursor> RunAsync(string query, IDictionary<string, object> parameters) => RunAsync(new Query(query, parameters));

    public abstract Task<IResultCursor> RunAsync(Query query);

    public abstract ValueTask DisposeAsync();

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();
}
