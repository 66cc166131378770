namespace Neo4j.Driver;

/// <summary>The transaction has been committed or rolled back already.</summary>
public class TransactionClosedException : ClientException
{
    public TransactionClosedException(string message) : base(message)
    {
    }
}
