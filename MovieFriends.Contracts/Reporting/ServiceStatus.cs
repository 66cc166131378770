namespace MovieFriends.Contracts.Reporting;

/// <summary>What a producer has done since it started, for whoever asks while it runs.</summary>
/// <param name="Instance">Which process it is: another after each start.</param>
/// <param name="Sent">Messages handed to the client.</param>
/// <param name="Confirmed">Messages that the broker confirmed.</param>
/// <param name="Failed">Messages that the client gave up.</param>
public sealed record ProducerStatus(string Instance, long Sent, long Confirmed, long Failed);

/// <summary>What a consumer has done since it started, for whoever asks while it runs.</summary>
/// <param name="Instance">Which process it is: another after each start.</param>
/// <param name="Messages">Messages settled: written, replaced, dead-lettered or skipped by policy.</param>
/// <param name="Batches">Transactions that settled them.</param>
/// <param name="Created">Charges created.</param>
/// <param name="Updated">Charges that a later message changed.</param>
/// <param name="Lag">Messages of this consumer's partitions that are not in the graph yet; null until the broker has said where they end.</param>
/// <param name="LatencyP50">Half of the recent charges were in the graph so many seconds after their event, or sooner; null if there were none.</param>
/// <param name="LatencyP99">The same for 99 of 100.</param>
/// <param name="Retries">Transactions that failed and were repeated.</param>
/// <param name="DeadLettered">Messages moved to the dead-letter topic.</param>
/// <param name="UnknownUsers">Charges of users who are not in the graph.</param>
public sealed record ConsumerStatus(
    string Instance,
    long Messages,
    long Batches,
    long Created,
    long Updated,
    long? Lag,
    double? LatencyP50,
    double? LatencyP99,
    long Retries,
    long DeadLettered,
    long UnknownUsers);
