namespace Neo4j.Driver;

/// <summary>A temporal value is outside of the type it was to be converted to.</summary>
public class ValueOverflowException : ClientException
{
    public ValueOverflowException(string message) : base(message)
    {
    }
}
