namespace Neo4j.Driver;

/// <summary>The transaction has failed before; the inner exception is the first failure.</summary>
public sealed class TransactionTerminatedException : ClientException
{
    internal TransactionTerminatedException(Exception inner)
        : base((inner as Neo4jException)?.Code, inner.Message, inner)
    {
    }

    /// <inheritdoc/>
    public override bool IsRetriable => (InnerException as Neo4jException)?.IsRetriable ?? false;
}
