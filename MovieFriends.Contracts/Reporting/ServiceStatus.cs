using System.Text.Json.Serialization;

namespace MovieFriends.Contracts.Reporting;

/// <summary>What a producer has done since it started, for whoever asks while it runs.</summary>
/// <param name="Instance">Which process it is: another after each start.</param>
/// <param name="Sent">Messages handed to the client.</param>
/// <param name="Confirmed">Messages that the broker confirmed.</param>
/// <param name="Failed">Messages that the client gave up.</param>
public sealed record ProducerStatus(string Instance, long Sent, long Confirmed, long Failed);

/// <summary>What a consumer has done since it started, for whoever asks while it runs.</summary>
public sealed record ConsumerStatus
{
    /// <summary>Which process it is: another after each start.</summary>
    public required string Instance { get; init; }

    /// <summary>Messages settled: written, replaced, dead-lettered or skipped by policy.</summary>
    public required long Messages { get; init; }

    /// <summary>Transactions that settled them.</summary>
    public required long Batches { get; init; }

    /// <summary>Charges created.</summary>
    public required long Created { get; init; }

    /// <summary>Charges that a later message changed.</summary>
    public required long Updated { get; init; }

    /// <summary>Messages of this consumer's partitions that are not in the graph yet; null until the broker has said where they end.</summary>
    public required long? Lag { get; init; }

    /// <summary>Half of the recent charges were in the graph so many seconds after their event, or sooner; null if there were none.</summary>
    public required double? LatencyP50 { get; init; }

    /// <summary>The same for 99 of 100.</summary>
    public required double? LatencyP99 { get; init; }

    /// <summary>Transactions that failed and were repeated.</summary>
    public required long Retries { get; init; }

    /// <summary>Messages moved to the dead-letter topic.</summary>
    public required long DeadLettered { get; init; }

    /// <summary>Charges of users who are not in the graph.</summary>
    public required long UnknownUsers { get; init; }

    /// <summary>The same of rentals, whose messages have no kinds: new ones, changed ones and those of unknown users are 0. Null if this consumer has no rentals.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ConsumerStatus? Rentals { get; init; }
}
