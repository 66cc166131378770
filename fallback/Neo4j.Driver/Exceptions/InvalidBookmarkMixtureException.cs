namespace Neo4j.Driver;

/// <summary>Bookmarks of several databases were mixed (<c>Neo.ClientError.Transaction.InvalidBookmarkMixture</c>).</summary>
public class InvalidBookmarkMixtureException : ClientException
{
    public InvalidBookmarkMixtureException(string message) : base(message)
    {
    }
}
