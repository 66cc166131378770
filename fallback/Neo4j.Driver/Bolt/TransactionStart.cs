namespace Neo4j.Driver.Bolt;

/// <summary>What BEGIN, or RUN outside a transaction, says about the transaction it starts.</summary>
internal sealed record TransactionStart(
    string Database,
    AccessMode AccessMode,
    IReadOnlyList<string> Bookmarks,
    TransactionConfig Config,
    string ImpersonatedUser);
