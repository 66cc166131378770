namespace Neo4j.Driver;

/// <summary>The request is at fault: a syntax error, a violated constraint, a wrong use of this API. Trying again does not help.</summary>
public class ClientException : Neo4jException
{
    public ClientException()
    {
    }

    public ClientException(string message) : base(message)
    {
    }

    public ClientException(string code, string message) : base(code, message)
    {
    }

    public ClientException(string message, Exception innerException) : base(message, innerException)
    {
    }

    public ClientException(string code, string message, Exception innerException)
        : base(code, message, innerException)
    {
    }
}
