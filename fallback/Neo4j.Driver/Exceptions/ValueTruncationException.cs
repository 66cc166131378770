namespace Neo4j.Driver;

/// <summary>A temporal value is more precise than the type it was to be converted to.</summary>
public class ValueTruncationException : ClientException
{
    public ValueTruncationException(string message) : base(message)
    {
    }
}
