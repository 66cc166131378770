using System.Text.Json.Serialization;
using MovieFriends.Chaos.Observing;

namespace MovieFriends.Chaos.Reporting;

/// <summary>The figures of one run, as <c>--json</c> writes them.</summary>
/// <param name="Ok">Whether everything is as it must be.</param>
/// <param name="Seed">The schedule's seed.</param>
/// <param name="Minutes">For how long faults began.</param>
/// <param name="Kafka">Kafka's version.</param>
/// <param name="Neo4j">Neo4j's version.</param>
/// <param name="Consumers">Consumers at the start.</param>
/// <param name="Rate">Messages per second of the first producer.</param>
/// <param name="Schedule">The faults as drawn.</param>
/// <param name="Faults">Faults that happened, by kind.</param>
/// <param name="FaultsTotal">Their number.</param>
/// <param name="Restarts">Processes started again, by name.</param>
/// <param name="UnexpectedEnds">Services that ended by themselves, or not in order when they were told to.</param>
/// <param name="Retries">Batches that were tried again.</param>
/// <param name="FencedBatches">Batches given up because another consumer had moved the ledger.</param>
/// <param name="LongestStall">The longest time without a message settled.</param>
/// <param name="LongestUnhinderedStall">The same while both servers were up and both links free.</param>
/// <param name="SlowestEndSeconds">The longest time from SIGTERM to a service's end.</param>
/// <param name="CatchUpSeconds">From the end of the producers until the ledger was at the end.</param>
/// <param name="Messages">Messages in the topic.</param>
/// <param name="Charges">Charges in the graph.</param>
/// <param name="Malformed">Messages that are not charges.</param>
/// <param name="UnknownUsers">Charges of users who are not in the graph.</param>
/// <param name="DeadLetters">Dead letters.</param>
/// <param name="Missing">Charges that should be in the graph and are not.</param>
/// <param name="Different">Charges in the graph that are not as they should be.</param>
/// <param name="Unexpected">Charges in the graph that no message makes.</param>
/// <param name="Doubled">Charges that are there, or attached, more than once, or attached to nobody.</param>
/// <param name="DeadLettersMissing">Messages without their dead letter.</param>
/// <param name="DeadLettersDoubled">Messages with more than one.</param>
/// <param name="DeadLettersUnexpected">Dead letters without a message.</param>
/// <param name="ConfirmedLost">Messages that the broker has confirmed and the topic does not have.</param>
/// <param name="LedgerOff">Partitions whose ledger is not at their end.</param>
/// <param name="Rentals">Messages in the topic of rentals.</param>
/// <param name="RentalsMissing">Rentals that the graph lacks.</param>
/// <param name="RentalsDoubled">Rentals that it has too often.</param>
/// <param name="VerifierContent">Whether the product's own verifier found nothing, too.</param>
/// <param name="Discrepancies">What is wrong, with examples.</param>
internal sealed record ChaosReport(
    bool Ok,
    long Seed,
    double Minutes,
    string Kafka,
    string Neo4j,
    int Consumers,
    double Rate,
    IReadOnlyList<string> Schedule,
    IReadOnlyDictionary<string, int> Faults,
    int FaultsTotal,
    IReadOnlyDictionary<string, int> Restarts,
    IReadOnlyCollection<string> UnexpectedEnds,
    long Retries,
    long FencedBatches,
    Stall LongestStall,
    Stall LongestUnhinderedStall,
    double SlowestEndSeconds,
    double CatchUpSeconds,
    long Messages,
    long Charges,
    long Malformed,
    long UnknownUsers,
    long DeadLetters,
    long Missing,
    long Different,
    long Unexpected,
    long Doubled,
    long DeadLettersMissing,
    long DeadLettersDoubled,
    long DeadLettersUnexpected,
    long ConfirmedLost,
    int LedgerOff,
    long Rentals,
    long RentalsMissing,
    long RentalsDoubled,
    bool VerifierContent,
    IReadOnlyList<string> Discrepancies);

/// <summary>JSON of the report: camel case, numbers as numbers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ChaosReport))]
internal sealed partial class ChaosJson : JsonSerializerContext;
