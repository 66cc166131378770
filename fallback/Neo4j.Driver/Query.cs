namespace Neo4j.Driver;

/// <summary>A statement and its parameters.</summary>
public class Query
{
    public Query(string text) : this(text, (object)null)
    {
    }

    /// <param name="text">The statement.</param>
    /// <param name="parameters">An object whose properties are the parameters.</param>
    public Query(string text, object parameters) : this(text, ParameterMap.Of(parameters))
    {
    }

    public Query(string text, IDictionary<string, object> parameters)
    {
        Text = text;
        Parameters = parameters ?? new Dictionary<string, object>();
    }

    public string Text { get; }

    public IDictionary<string, object> Parameters { get; }

    public override string ToString() => $"`{Text}`, {Parameters.Count} parameters";
}
