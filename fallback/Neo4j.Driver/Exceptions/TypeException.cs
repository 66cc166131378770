namespace Neo4j.Driver;

/// <summary>A value has the wrong type (<c>Neo.ClientError.Statement.TypeError</c>).</summary>
public class TypeException : ClientException
{
    public TypeException(string message) : base(message)
    {
    }
}
