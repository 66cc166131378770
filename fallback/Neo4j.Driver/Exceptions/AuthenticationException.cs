namespace Neo4j.Driver;

/// <summary>User or password are wrong (<c>Neo.ClientError.Security.Unauthorized</c>).</summary>
public class AuthenticationException : SecurityException
{
    public AuthenticationException(string message) : base(message)
    {
    }
}
