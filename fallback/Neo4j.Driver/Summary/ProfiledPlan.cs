namespace Neo4j.Driver.Summary;

internal sealed class ProfiledPlan(IReadOnlyDictionary<string, object> content) : IProfiledPlan
{
    public string OperatorType { get; } = content.GetValueOrDefault("operatorType") as string ?? "";

    public IDictionary<string, object> Arguments { get; } = Plan.ArgumentsOf(content);

    public IList<string> Identifiers { get; } = Plan.IdentifiersOf(content);

    public IList<IProfiledPlan> Children { get; } = [.. Plan.ChildrenOf(content).Select(child => new ProfiledPlan(child))];

    public long DbHits { get; } = Number(content, "dbHits");

    public long Records { get; } = Number(content, "rows");

    public long PageCacheHits { get; } = Number(content, "pageCacheHits");

    public long PageCacheMisses { get; } = Number(content, "pageCacheMisses");

    public double PageCacheHitRatio { get; } = content.GetValueOrDefault("pageCacheHitRatio") as double? ?? 0;

    public long Time { get; } = Number(content, "time");

    public bool HasPageCacheStats { get; } =
        content.ContainsKey("pageCacheHits") || content.ContainsKey("pageCacheMisses") ||
        content.ContainsKey("pageCacheHitRatio") || content.ContainsKey("time");

    IList<IPlan> IPlan.Children => [.. Children];

    private static long Number(IReadOnlyDictionary<string, object> content, string key) =>
        content.GetValueOrDefault(key) as long? ?? 0;
}
