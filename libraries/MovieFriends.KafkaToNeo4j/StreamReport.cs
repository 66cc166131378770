namespace MovieFriends.KafkaToNeo4j;

/// <summary>What a stream has done since its process started, for whoever asks while it runs.</summary>
public sealed record StreamStatus
{
    /// <summary>Which process it is: another after each start.</summary>
    public required string Instance { get; init; }

    /// <summary>Messages settled: written, dead-lettered or skipped by policy.</summary>
    public required long Messages { get; init; }

    /// <summary>Transactions that settled them.</summary>
    public required long Batches { get; init; }

    /// <summary>What was written of them.</summary>
    public required WriteTotals Written { get; init; }

    /// <summary>Messages of this process's partitions that are not in the graph yet; null until the broker has said where they end.</summary>
    public required long? Lag { get; init; }

    /// <summary>Half of the recent events were in the graph so many seconds after they happened, or sooner; null if there were none.</summary>
    public required double? LatencyP50 { get; init; }

    /// <summary>The same for 99 of 100.</summary>
    public required double? LatencyP99 { get; init; }

    /// <summary>Transactions that failed and were repeated.</summary>
    public required long Retries { get; init; }

    /// <summary>Messages moved to the dead-letter topic.</summary>
    public required long DeadLettered { get; init; }
}

/// <summary>What a stream did, from its first poll to its last commit.</summary>
public sealed record StreamReport
{
    /// <summary>Messages settled: written, dead-lettered or skipped by policy.</summary>
    public required long Messages { get; init; }

    /// <summary>Their values' bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>From the first poll to the last commit.</summary>
    public required double Seconds { get; init; }

    /// <summary>Transactions committed.</summary>
    public required long Batches { get; init; }

    /// <summary>What was written.</summary>
    public required WriteTotals Written { get; init; }

    /// <summary>Messages moved to the dead-letter topic.</summary>
    public required long DeadLettered { get; init; }

    /// <summary>Transactions that the database ended because of a deadlock; each was repeated.</summary>
    public required long Deadlocks { get; init; }

    /// <summary>Messages settled in a second.</summary>
    public double MessagesPerSecond => Seconds > 0 ? Messages / Seconds : 0;

    /// <summary>Value bytes settled in a second, in 10^6 bytes.</summary>
    public double MegabytesPerSecond => Seconds > 0 ? Bytes / Seconds / 1e6 : 0;
}

/// <summary>The sums of what statements did with rows.</summary>
/// <param name="Created">Rows that were written as new ones.</param>
/// <param name="Updated">Rows that changed what the graph had.</param>
/// <param name="Unmatched">Messages whose rows found nothing in the graph to be attached to.</param>
public readonly record struct WriteTotals(long Created, long Updated, long Unmatched);
