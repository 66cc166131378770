namespace Neo4j.Driver.ExecuteQuery;

/// <summary>The query as the driver makes it: its items are records.</summary>
internal sealed class ExecutableQuery<TOut>(DirectDriver driver, Query query, QueryConfig config, Func<IRecord, TOut> map)
    : ConfiguredQuery<IRecord, TOut>(driver, query, config, record => new Item<TOut>(map(record))), IExecutableQuery<IRecord, TOut>
{
    private readonly DirectDriver _driver = driver;
    private readonly Query _query = query;
    private readonly QueryConfig _config = config;
    private readonly Func<IRecord, TOut> _map = map;

    public IExecutableQuery<IRecord, TOut> WithConfig(QueryConfig config) =>
        new ExecutableQuery<TOut>(_driver, _query, config ?? new QueryConfig(), _map);

    public IExecutableQuery<IRecord, TOut> WithParameters(Dictionary<string, object> parameters) =>
        new ExecutableQuery<TOut>(_driver, new Query(_query.Text, parameters), _config, _map);

    public IExecutableQuery<IRecord, TOut> WithParameters(object parameters) =>
        new ExecutableQuery<TOut>(_driver, new Query(_query.Text, parameters), _config, _map);
}
