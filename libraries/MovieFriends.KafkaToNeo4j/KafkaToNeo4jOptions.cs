using System.ComponentModel.DataAnnotations;

namespace MovieFriends.KafkaToNeo4j;

/// <summary>
/// The options of a stream whose application has no section of its own for them: configuration section <c>KafkaToNeo4j</c>, and over it
/// <c>KafkaToNeo4j:TOPIC</c> for one topic.
/// </summary>
public sealed record KafkaToNeo4jOptions : StreamOptions
{
    /// <summary>The section of all streams.</summary>
    public const string DefaultSection = "KafkaToNeo4j";

    /// <summary>Where messages go that cannot be written; by default the topic's name with <c>.dead-letter</c> behind it.</summary>
    [RegularExpression("[a-zA-Z0-9._-]{1,249}", ErrorMessage = "must be 1 to 249 letters, digits, dots, underscores and hyphens")]
    public string? DeadLetterTopic { get; init; }

    /// <summary>How many partitions a topic gets when it is created here.</summary>
    [Range(1, 10_000)]
    public int Partitions { get; init; } = 4;

    /// <summary>The replication factor when a topic is created here; -1 is the broker's default.</summary>
    [Range(-1, 100)]
    public short ReplicationFactor { get; init; } = -1;

    /// <summary>Whether missing topics are created by request; if not, the broker must do it by itself.</summary>
    public bool Create { get; init; } = true;

    /// <summary>Whether the broker keeps message headers (Kafka 0.11 and later do).</summary>
    public bool Headers { get; init; } = true;
}
