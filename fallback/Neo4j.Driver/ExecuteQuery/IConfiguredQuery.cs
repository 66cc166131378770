namespace Neo4j.Driver;

/// <summary>A query whose parameters are settled, and what is done with its records.</summary>
public interface IConfiguredQuery<TIn, TOut>
{
    IConfiguredQuery<TIn, TOut> WithFilter(Func<TOut, bool> filter);

    IConfiguredQuery<TOut, TNext> WithMap<TNext>(Func<TOut, TNext> map);

    Task<EagerResult<IReadOnlyList<TOut>>> ExecuteAsync(CancellationToken token = default);
}
