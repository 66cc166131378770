namespace Neo4j.Driver;

/// <summary>The token of the connection has expired (<c>Neo.ClientError.Security.TokenExpired</c>).</summary>
public class TokenExpiredException : SecurityException
{
    public TokenExpiredException(string message) : base(message)
    {
    }
}
