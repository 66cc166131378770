namespace Neo4j.Driver.Summary;

internal sealed record InputPosition(int Offset, int Line, int Column) : IInputPosition
{
    public static InputPosition Of(object position) => position is Dictionary<string, object> { Count: > 0 } content
        ? new InputPosition(Number(content, "offset"), Number(content, "line"), Number(content, "column"))
        : null;

    private static int Number(Dictionary<string, object> content, string key) =>
        content.GetValueOrDefault(key) is long number ? (int)number : 0;
}
