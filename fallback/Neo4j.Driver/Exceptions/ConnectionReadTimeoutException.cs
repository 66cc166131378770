namespace Neo4j.Driver;

/// <summary>The server did not answer within the time that it announced itself.</summary>
public class ConnectionReadTimeoutException : Neo4jException
{
    public ConnectionReadTimeoutException(string message) : base(message)
    {
    }

    public ConnectionReadTimeoutException(string message, Exception innerException) : base(message, innerException)
    {
    }

    /// <inheritdoc/>
    public override bool IsRetriable => true;
}
