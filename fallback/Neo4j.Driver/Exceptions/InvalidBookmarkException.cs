namespace Neo4j.Driver;

/// <summary>A bookmark is malformed (<c>Neo.ClientError.Transaction.InvalidBookmark</c>).</summary>
public class InvalidBookmarkException : ClientException
{
    public InvalidBookmarkException(string message) : base(message)
    {
    }
}
