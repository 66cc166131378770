namespace Neo4j.Driver;

/// <summary>Signing in failed, or the user may not do what was asked.</summary>
public class SecurityException : Neo4jException
{
    public SecurityException(string message) : base(message)
    {
    }

    public SecurityException(string code, string message) : base(code, message)
    {
    }

    public SecurityException(string message, Exception innerException) : base(message, innerException)
    {
    }

    /// <inheritdoc/>
    public override bool IsRetriable => false;
}
