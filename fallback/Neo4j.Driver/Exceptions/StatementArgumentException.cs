namespace Neo4j.Driver;

/// <summary>An argument of a statement is wrong (<c>Neo.ClientError.Statement.ArgumentError</c>).</summary>
public class StatementArgumentException : ClientException
{
    public StatementArgumentException(string message) : base(message)
    {
    }
}
