namespace Neo4j.Driver;

/// <summary>The server cannot be reached, or the connection to it was lost. Whether work in flight has been done is unknown.</summary>
public class ServiceUnavailableException : Neo4jException
{
    public ServiceUnavailableException(string message) : base(message)
    {
    }

    public ServiceUnavailableException(string message, Exception innerException) : base(message, innerException)
    {
    }

    /// <inheritdoc/>
    public override bool IsRetriable => true;
}
