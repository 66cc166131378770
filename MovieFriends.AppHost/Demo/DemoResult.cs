using System.Text.Json.Serialization;
using MovieFriends.AppHost.Servers;
using MovieFriends.Contracts.Reporting;

namespace MovieFriends.AppHost.Demo;

/// <summary>The figures of one demo, as <c>--json</c> writes them.</summary>
/// <param name="Servers">What it ran on.</param>
/// <param name="Users">Users in the graph.</param>
/// <param name="Knows">KNOWS relationships in the graph.</param>
/// <param name="Messages">Messages produced.</param>
/// <param name="Seconds">From the command to the verifier's end.</param>
/// <param name="Seeder">The seeder's figures.</param>
/// <param name="Producer">The producer's figures.</param>
/// <param name="Consumer">The consumer's figures.</param>
/// <param name="Verifier">The verifier's figures.</param>
internal sealed record DemoResult(
    ServersInfo Servers,
    long Users,
    long Knows,
    long Messages,
    double Seconds,
    DemoResult.SeederMetrics Seeder,
    DemoResult.ProducerMetrics Producer,
    DemoResult.ConsumerMetrics Consumer,
    VerifierReport Verifier)
{
    public static DemoResult From(
        ServersInfo servers, TimeSpan elapsed, SeederReport seeder, ProducerReport producer, ConsumerReport consumer, VerifierReport verifier) => new(
        servers,
        seeder.Users,
        seeder.Knows,
        producer.Messages,
        elapsed.TotalSeconds,
        new(seeder.Seconds, seeder.EntitiesPerSecond, seeder.Skipped),
        new(producer.Seconds, producer.MessagesPerSecond, producer.MegabytesPerSecond, producer.QueueFullWaits, producer.Failed, producer.Offsets),
        new(
            consumer.Seconds, consumer.ChargesPerSecond, consumer.Batches, consumer.Created, consumer.Updated,
            consumer.DeadLettered, consumer.UnknownUsers, consumer.Deadlocks),
        verifier);

    internal sealed record SeederMetrics(double Seconds, double EntitiesPerSecond, bool Skipped);

    internal sealed record ProducerMetrics(
        double Seconds, double MessagesPerSecond, double MegabytesPerSecond, long QueueFullWaits, long Failed, IReadOnlyList<PartitionOffsets> Offsets);

    internal sealed record ConsumerMetrics(
        double Seconds, double ChargesPerSecond, long Batches, long Created, long Updated, long DeadLettered, long UnknownUsers, long Deadlocks);
}

/// <summary>JSON of the result: camel case, numbers as numbers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(DemoResult))]
internal sealed partial class DemoJson : JsonSerializerContext;
