namespace MovieFriends.Chaos.Observing;

/// <summary>Counts what consumers say about their batches.</summary>
internal sealed class LogCounters
{
    private long _retries;
    private long _fenced;

    /// <summary>Batches that were tried again.</summary>
    public long Retries => Interlocked.Read(ref _retries);

    /// <summary>Batches that were given up because another consumer had moved the ledger.</summary>
    public long Fenced => Interlocked.Read(ref _fenced);

    /// <summary>What services must be told to write for that.</summary>
    public static KeyValuePair<string, string> Setting { get; } = new("Logging__LogLevel__MovieFriends.KafkaToNeo4j.Workers.BatchRetries", "Debug");

    public void Read(string line)
    {
        if (line.Contains("is tried again", StringComparison.Ordinal))
            Interlocked.Increment(ref _retries);
        else if (line.Contains("is given up", StringComparison.Ordinal))
            Interlocked.Increment(ref _fenced);
    }
}
