namespace Neo4j.Driver;

/// <summary>The user may not do this (<c>Neo.ClientError.Security.Forbidden</c>).</summary>
public class ForbiddenException : SecurityException
{
    public ForbiddenException(string message) : base(message)
    {
    }
}
