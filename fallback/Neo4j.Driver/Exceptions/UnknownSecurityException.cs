namespace Neo4j.Driver;

/// <summary>Any other status code under <c>Neo.ClientError.Security</c>.</summary>
public class UnknownSecurityException : SecurityException
{
    public UnknownSecurityException(string message) : base(message)
    {
    }
}
