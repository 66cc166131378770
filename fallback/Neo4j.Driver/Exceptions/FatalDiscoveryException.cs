namespace Neo4j.Driver;

/// <summary>There is no database of that name (<c>Neo.ClientError.Database.DatabaseNotFound</c>).</summary>
public class FatalDiscoveryException : ClientException
{
    public FatalDiscoveryException(string message) : base(message)
    {
    }
}
