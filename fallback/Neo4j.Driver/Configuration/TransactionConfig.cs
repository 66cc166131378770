namespace Neo4j.Driver;

/// <summary>The settings of a transaction; <see cref="TransactionConfigBuilder"/> sets them.</summary>
public sealed class TransactionConfig
{
    internal static readonly TransactionConfig Default = new();

    /// <summary>After which the server ends the transaction; null for the server's own limit.</summary>
    public TimeSpan? Timeout { get; internal set; }

    /// <summary>Shown in the server's query log and list of transactions.</summary>
    public IDictionary<string, object> Metadata { get; internal set; } = new Dictionary<string, object>();
}
