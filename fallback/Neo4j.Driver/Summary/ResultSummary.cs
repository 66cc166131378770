namespace Neo4j.Driver.Summary;

/// <summary>Puts together what RUN and the last PULL answered.</summary>
internal sealed class ResultSummary(
    Query query,
    IServerInfo server,
    IReadOnlyDictionary<string, object> runMetadata,
    IReadOnlyDictionary<string, object> endMetadata) : IResultSummary
{
    public Query Query => query;

    public IServerInfo Server => server;

    public ICounters Counters { get; } =
        new Counters(endMetadata.GetValueOrDefault("stats") as Dictionary<string, object> ?? []);

    public QueryType QueryType { get; } = (endMetadata.GetValueOrDefault("type") as string) switch
    {
        "r" => QueryType.ReadOnly,
        "rw" => QueryType.ReadWrite,
        "w" => QueryType.WriteOnly,
        "s" => QueryType.SchemaWrite,
        _ => QueryType.Unknown,
    };

    public bool HasPlan => Plan is not null;

    public IPlan Plan { get; } =
        (endMetadata.GetValueOrDefault("profile") ?? endMetadata.GetValueOrDefault("plan")) is Dictionary<string, object> { Count: > 0 } plan ? new Plan(plan) : null;

    public IList<INotification> Notifications { get; } = Notification.AllOf(endMetadata);

    // Before Bolt 3 the keys have other names.
    public TimeSpan ResultAvailableAfter { get; } = Milliseconds(runMetadata, "t_first", "result_available_after");

    public TimeSpan ResultConsumedAfter { get; } = Milliseconds(endMetadata, "t_last", "result_consumed_after");

    public IDatabaseInfo Database { get; } = new DatabaseInfo(endMetadata.GetValueOrDefault("db") as string);

    private static TimeSpan Milliseconds(IReadOnlyDictionary<string, object> metadata, string key, string oldKey) =>
        TimeSpan.FromMilliseconds((metadata.GetValueOrDefault(key) ?? metadata.GetValueOrDefault(oldKey)) as long? ?? -1L);
}
