namespace Neo4j.Driver;

/// <summary>A query that runs in a managed transaction of its own.</summary>
public interface IExecutableQuery<TIn, TOut> : IConfiguredQuery<TIn, TOut>
{
    IExecutableQuery<TIn, TOut> WithConfig(QueryConfig config);

    IExecutableQuery<TIn, TOut> WithParameters(Dictionary<string, object> parameters);

    /// <param name="parameters">An object whose properties are the parameters.</param>
    IExecutableQuery<TIn, TOut> WithParameters(object parameters);
}
