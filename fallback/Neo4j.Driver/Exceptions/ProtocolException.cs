namespace Neo4j.Driver;

/// <summary>Driver and server do not understand each other, or a value cannot be sent.</summary>
public class ProtocolException : Neo4jException
{
    public ProtocolException(string message) : base(message)
    {
    }
}
