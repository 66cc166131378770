namespace Neo4j.Driver;

/// <summary>The session can no longer reach a server for its access mode.</summary>
public class SessionExpiredException : Neo4jException
{
    public SessionExpiredException(string message) : base(message)
    {
    }

    public SessionExpiredException(string message, Exception innerException) : base(message, innerException)
    {
    }

    /// <inheritdoc/>
    public override bool IsRetriable => true;
}
