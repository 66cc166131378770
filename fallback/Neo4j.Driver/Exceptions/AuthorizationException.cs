namespace Neo4j.Driver;

/// <summary>The server has forgotten who this is (<c>Neo.ClientError.Security.AuthorizationExpired</c>); a new connection helps.</summary>
public class AuthorizationException : SecurityException
{
    public AuthorizationException(string message) : base(message)
    {
    }

    /// <inheritdoc/>
    public override bool IsRetriable => true;
}
