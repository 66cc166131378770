namespace Neo4j.Driver.ExecuteQuery;

/// <summary>Maps and filters the records of a query while they arrive.</summary>
internal class ConfiguredQuery<TIn, TOut>(DirectDriver driver, Query query, QueryConfig config, Func<IRecord, Item<TOut>> select)
    : IConfiguredQuery<TIn, TOut>
{
    public IConfiguredQuery<TIn, TOut> WithFilter(Func<TOut, bool> filter) => new ConfiguredQuery<TIn, TOut>(
        driver, query, config, record => select(record) is { } item && filter(item.Value) ? item : null);

    public IConfiguredQuery<TOut, TNext> WithMap<TNext>(Func<TOut, TNext> map) => new ConfiguredQuery<TOut, TNext>(
        driver, query, config, record => select(record) is { } item ? new Item<TNext>(map(item.Value)) : null);

    public Task<EagerResult<IReadOnlyList<TOut>>> ExecuteAsync(CancellationToken token = default) =>
        driver.ExecuteAsync(query, config, ReadAsync, token);

    private async Task<IReadOnlyList<TOut>> ReadAsync(IResultCursor cursor, CancellationToken cancellationToken)
    {
        var items = new List<TOut>();
        await foreach (var record in cursor.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (select(record) is { } item)
            {
                items.Add(item.Value);
            }
        }

        return items;
    }
}
