namespace Neo4j.Driver;

/// <summary>The database could not do it now: a deadlock, a leader switch, a database that starts or stops. Trying again may succeed.</summary>
public class TransientException : Neo4jException
{
    public TransientException()
    {
    }

    public TransientException(string code, string message) : base(code, message)
    {
    }

    public TransientException(string code, string message, Exception innerException)
        : base(code, message, innerException)
    {
    }

    /// <inheritdoc/>
    public override bool IsRetriable => true;
}
