using System.Text.Json.Serialization;

namespace MovieFriends.Contracts.Reporting;

/// <summary>What the seeder did.</summary>
/// <param name="Users">Users in the graph.</param>
/// <param name="Knows">KNOWS relationships in the graph.</param>
/// <param name="Seconds">Wall time.</param>
/// <param name="EntitiesPerSecond">Users and relationships written in a second.</param>
/// <param name="Skipped">Whether the graph was there already.</param>
public sealed record SeederReport(long Users, long Knows, double Seconds, double EntitiesPerSecond, bool Skipped);

/// <summary>Earliest and latest offset of one partition of the charge topic.</summary>
public sealed record PartitionOffsets(int Partition, long Earliest, long Latest);

/// <summary>What the producer did.</summary>
/// <param name="Messages">Messages whose delivery the broker confirmed.</param>
/// <param name="Bytes">Their values' bytes.</param>
/// <param name="Seconds">From the first message to the last confirmation.</param>
/// <param name="MessagesPerSecond">Confirmed messages in a second.</param>
/// <param name="MegabytesPerSecond">Confirmed value bytes in a second, in 10^6 bytes.</param>
/// <param name="QueueFullWaits">How often the client's queue was full and the producer waited.</param>
/// <param name="Failed">Messages without a confirmation.</param>
/// <param name="Offsets">The topic afterwards.</param>
public sealed record ProducerReport(
    long Messages,
    long Bytes,
    double Seconds,
    double MessagesPerSecond,
    double MegabytesPerSecond,
    long QueueFullWaits,
    long Failed,
    IReadOnlyList<PartitionOffsets> Offsets);

/// <summary>What the consumer did.</summary>
public sealed record ConsumerReport
{
    /// <summary>Messages taken from the topic and settled: written, dead-lettered or skipped by policy.</summary>
    public required long Messages { get; init; }

    /// <summary>Their values' bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>From the first poll to the last commit.</summary>
    public required double Seconds { get; init; }

    /// <summary>Messages settled in a second.</summary>
    public required double ChargesPerSecond { get; init; }

    /// <summary>Value bytes settled in a second, in 10^6 bytes.</summary>
    public required double MegabytesPerSecond { get; init; }

    /// <summary>Transactions committed.</summary>
    public required long Batches { get; init; }

    /// <summary>Charges created.</summary>
    public required long Created { get; init; }

    /// <summary>Charges replaced by a later one.</summary>
    public required long Updated { get; init; }

    /// <summary>Messages moved to the dead-letter topic.</summary>
    public required long DeadLettered { get; init; }

    /// <summary>Charges of users who are not in the graph, whatever the policy did with them.</summary>
    public required long UnknownUsers { get; init; }

    /// <summary>Transactions that the database ended because of a deadlock; each was repeated.</summary>
    public required long Deadlocks { get; init; }
}

/// <summary>What the consumer did with rentals.</summary>
/// <param name="Messages">Messages taken from the topic and settled: written or dead-lettered.</param>
/// <param name="Seconds">From the first poll to the last commit.</param>
/// <param name="MessagesPerSecond">Messages settled in a second.</param>
/// <param name="Batches">Transactions committed.</param>
/// <param name="DeadLettered">Messages moved to the dead-letter topic.</param>
/// <param name="Deadlocks">Transactions that the database ended because of a deadlock; each was repeated.</param>
public sealed record RentalsReport(long Messages, double Seconds, double MessagesPerSecond, long Batches, long DeadLettered, long Deadlocks);

/// <summary>What the verifier found of rentals.</summary>
/// <param name="Expected">Rentals that the topic's messages make.</param>
/// <param name="Found">Rentals in the graph.</param>
/// <param name="Missing">Expected rentals that the graph does not have.</param>
/// <param name="Unexpected">Rentals in the graph that no message makes, or that are there more often than there are messages.</param>
/// <param name="Lag">Messages between the ledger and the end of the topic.</param>
/// <param name="Ok">Nothing missing, nothing unexpected, no lag.</param>
public sealed record RentalVerification(long Expected, long Found, long Missing, long Unexpected, long Lag, bool Ok);

/// <summary>What the verifier found.</summary>
/// <param name="Expected">Charges that the topic's messages make.</param>
/// <param name="Found">Charges in the graph.</param>
/// <param name="Missing">Expected charges that the graph does not have, or has with another amount.</param>
/// <param name="Unexpected">Charges in the graph that no message makes.</param>
/// <param name="AmountDifference">Sum of amounts in the graph less the expected sum, in US dollars.</param>
/// <param name="Lag">Messages between the ledger and the end of the topic.</param>
/// <param name="Ok">Nothing missing, nothing unexpected, no difference, no lag.</param>
public sealed record VerifierReport(long Expected, long Found, long Missing, long Unexpected, double AmountDifference, long Lag, bool Ok)
{
    /// <summary>What it found of rentals; null if there are to be none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RentalVerification? Rentals { get; init; }

    /// <summary>Whether charges and, if there are some, rentals are as they should be.</summary>
    [JsonIgnore]
    public bool AllOk => Ok && Rentals is not { Ok: false };
}

/// <summary>Where the topic of a stream and its ledger stand.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Lag">Messages that are not in the graph yet.</param>
/// <param name="Gone">Messages that were deleted before they were read.</param>
/// <param name="Ok">Whether the ledger has passed every message that there was, and no other.</param>
public sealed record PositionsReport(string Topic, long Lag, long Gone, bool Ok);

/// <summary>JSON of reports and states: camel case, numbers as numbers; what is none, as its name, for no report is worth the end of a service.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(SeederReport))]
[JsonSerializable(typeof(ProducerReport))]
[JsonSerializable(typeof(ConsumerReport))]
[JsonSerializable(typeof(RentalsReport))]
[JsonSerializable(typeof(VerifierReport))]
[JsonSerializable(typeof(PositionsReport))]
[JsonSerializable(typeof(ReplayReport))]
[JsonSerializable(typeof(RewindReport))]
[JsonSerializable(typeof(ProducerStatus))]
[JsonSerializable(typeof(ConsumerStatus))]
public sealed partial class ReportJson : JsonSerializerContext;
