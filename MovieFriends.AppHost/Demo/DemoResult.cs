using System.Text.Json.Serialization;
using MovieFriends.AppHost.Servers;
using MovieFriends.Contracts.Reporting;

namespace MovieFriends.AppHost.Demo;

/// <summary>The metrics of one demo, as <c>--json</c> writes them.</summary>
internal sealed record DemoResult
{
    /// <summary>What it ran on.</summary>
    public required ServersInfo Servers { get; init; }

    /// <summary>Users in the graph.</summary>
    public required long Users { get; init; }

    /// <summary>KNOWS relationships in the graph.</summary>
    public required long Knows { get; init; }

    /// <summary>Messages produced.</summary>
    public required long Messages { get; init; }

    /// <summary>From the command to the verifier's end.</summary>
    public required double Seconds { get; init; }

    /// <summary>The seeder's metrics.</summary>
    public required SeederMetrics Seeder { get; init; }

    /// <summary>The producer's metrics.</summary>
    public required ProducerMetrics Producer { get; init; }

    /// <summary>The consumer's metrics.</summary>
    public required ConsumerMetrics Consumer { get; init; }

    /// <summary>What the consumer did with rentals; null if there were to be none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RentalsReport? Rentals { get; init; }

    /// <summary>What the verifier found.</summary>
    public required VerifierReport Verifier { get; init; }

    public static DemoResult From(ServersInfo servers, TimeSpan elapsed, DemoReports reports)
    {
        var (seeder, producer, consumer, verifier) = reports;
        return new()
        {
            Servers = servers,
            Users = seeder.Users,
            Knows = seeder.Knows,
            Messages = producer.Messages,
            Seconds = elapsed.TotalSeconds,
            Seeder = new(seeder.Seconds, seeder.EntitiesPerSecond, seeder.Skipped),
            Producer = new(producer.Seconds, producer.MessagesPerSecond, producer.MegabytesPerSecond, producer.QueueFullWaits, producer.Failed, producer.Offsets),
            Consumer = new(
                consumer.Seconds, consumer.ChargesPerSecond, consumer.Batches, consumer.Created, consumer.Updated,
                consumer.DeadLettered, consumer.UnknownUsers, consumer.Deadlocks),
            Rentals = reports.Rentals,
            Verifier = verifier,
        };
    }

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
