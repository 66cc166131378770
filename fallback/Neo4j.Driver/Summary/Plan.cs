namespace Neo4j.Driver.Summary;

internal sealed class Plan(IReadOnlyDictionary<string, object> content) : IPlan
{
    public string OperatorType { get; } = content.GetValueOrDefault("operatorType") as string ?? "";

    public IDictionary<string, object> Arguments { get; } = ArgumentsOf(content);

    public IList<string> Identifiers { get; } = IdentifiersOf(content);

    public IList<IPlan> Children { get; } = [.. ChildrenOf(content).Select(child => new Plan(child))];

    public static Dictionary<string, object> ArgumentsOf(IReadOnlyDictionary<string, object> content) =>
        content.GetValueOrDefault("args") as Dictionary<string, object> ?? [];

    public static List<string> IdentifiersOf(IReadOnlyDictionary<string, object> content) =>
        content.GetValueOrDefault("identifiers") is List<object> names ? names.ConvertAll(name => name as string) : [];

    public static IEnumerable<Dictionary<string, object>> ChildrenOf(IReadOnlyDictionary<string, object> content) =>
        content.GetValueOrDefault("children") is List<object> children ? children.OfType<Dictionary<string, object>>() : [];
}
