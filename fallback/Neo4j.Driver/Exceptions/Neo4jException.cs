namespace Neo4j.Driver;

/// <summary>The base of everything that the server reports or that goes wrong on the way to it.</summary>
public class Neo4jException : Exception
{
    public Neo4jException()
    {
    }

    public Neo4jException(string message) : this(null, message)
    {
    }

    public Neo4jException(string code, string message) : base(message)
    {
        Code = code;
    }

    public Neo4jException(string message, Exception innerException) : this(null, message, innerException)
    {
    }

    public Neo4jException(string code, string message, Exception innerException) : base(message, innerException)
    {
        Code = code;
    }

    /// <summary>Whether the same work, tried again in a new transaction, may succeed.</summary>
    public virtual bool IsRetriable => false;

    /// <summary>The Neo4j status code, such as <c>Neo.ClientError.Statement.SyntaxError</c>; null if it is not from a server.</summary>
    public string Code { get; set; }
}
