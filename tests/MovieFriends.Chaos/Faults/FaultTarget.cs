namespace MovieFriends.Chaos.Faults;

/// <summary>What a fault happens to.</summary>
internal enum FaultTarget
{
    Consumer,
    Producer,
    Kafka,
    Graph,

    /// <summary>Between services and Kafka.</summary>
    KafkaLink,

    /// <summary>Between services and Neo4j.</summary>
    GraphLink,
}
