namespace MovieFriends.Kafka;

/// <summary>A topic that is read or written, and where its dead letters go.</summary>
/// <param name="Name">The topic.</param>
/// <param name="DeadLetters">The topic of its dead letters.</param>
/// <param name="Partitions">How many partitions a topic gets when it is created here.</param>
/// <param name="ReplicationFactor">The replication factor when a topic is created here; -1 is the broker's default.</param>
/// <param name="Create">Whether missing topics are created by request; if not, the broker must do it by itself.</param>
/// <param name="Headers">Whether the broker keeps message headers (Kafka 0.11 and later do).</param>
public sealed record TopicSettings(string Name, string DeadLetters, int Partitions, short ReplicationFactor = -1, bool Create = true, bool Headers = true)
{
    /// <summary>The configuration section that these are from, for messages.</summary>
    public string Section { get; init; } = "Topics";

    /// <summary>The option that names the topic, for messages; null if none does.</summary>
    public string? NameKey { get; init; }
}
