namespace Neo4j.Driver.Summary;

internal sealed class Plan(IReadOnlyDictionary<string, object> content) : IPlan
{
    public string OperatorType { get; } = content.GetValueOrDefault("operatorType") as string ?? "";

    public IDictionary<string, object> Arguments { get; } = content.GetValueOrDefault("args") as Dictionary<string, object> ?? [];

    public IList<string> Identifiers { get; } =
        content.GetValueOrDefault("identifiers") is List<object> names ? names.ConvertAll(name => name as string) : [];

    public IList<IPlan> Children { get; } =
        [.. content.GetValueOrDefault("children") is List<object> children ? children.OfType<Dictionary<string, object>>().Select(child => new Plan(child)) : []];
}
