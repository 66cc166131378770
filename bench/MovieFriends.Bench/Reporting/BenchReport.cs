using System.Text.Json.Serialization;

namespace MovieFriends.Bench.Reporting;

/// <summary>The figures of one run, as <c>--json</c> writes them.</summary>
/// <param name="Kafka">Kafka's version.</param>
/// <param name="Neo4j">Neo4j's version.</param>
/// <param name="Processors">Processors of the machine, which servers and candidates share.</param>
/// <param name="Partitions">Partitions of the topic.</param>
/// <param name="Messages">Messages in the topic.</param>
/// <param name="Users">Users in the graph.</param>
/// <param name="BatchSize">The most charges in one transaction of the consumer.</param>
/// <param name="Rounds">Rounds that count.</param>
/// <param name="Measures">What was measured.</param>
internal sealed record BenchReport(
    string Kafka,
    string Neo4j,
    int Processors,
    int Partitions,
    long Messages,
    long Users,
    int BatchSize,
    int Rounds,
    IReadOnlyList<MeasureReport> Measures);

/// <summary>JSON of the report: camel case, numbers as numbers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(BenchReport))]
internal sealed partial class BenchJson : JsonSerializerContext;
