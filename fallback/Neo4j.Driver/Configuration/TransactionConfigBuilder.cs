namespace Neo4j.Driver;

/// <summary>Sets what a transaction does other than by default.</summary>
public sealed class TransactionConfigBuilder
{
    private readonly TransactionConfig _config;

    internal TransactionConfigBuilder(TransactionConfig config) => _config = config;

    /// <param name="timeout">Not negative; fractions of a millisecond are rounded up. Null for the server's own limit.</param>
    public TransactionConfigBuilder WithTimeout(TimeSpan? timeout)
    {
        if (timeout is { } given && given != TimeSpan.MaxValue)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(given, TimeSpan.Zero, nameof(timeout));
            timeout = TimeSpan.FromMilliseconds(Math.Ceiling(given.TotalMilliseconds));
        }

        _config.Timeout = timeout;
        return this;
    }

    public TransactionConfigBuilder WithMetadata(IDictionary<string, object> metadata)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        _config.Metadata = metadata;
        return this;
    }

    internal TransactionConfig Build() => _config;
}
