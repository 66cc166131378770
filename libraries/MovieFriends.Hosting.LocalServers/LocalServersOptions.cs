namespace MovieFriends.Hosting.LocalServers;

/// <summary>Settings of the servers that run as processes of this machine: section <c>LocalServers</c>. Paths are relative to the AppHost's folder.</summary>
internal sealed record LocalServersOptions
{
    public const string Section = "LocalServers";
    public const string KafkaSection = $"{Section}:{nameof(Kafka)}";
    public const string Neo4jSection = $"{Section}:{nameof(Neo4j)}";

    /// <summary>Where the servers keep settings, logs and data.</summary>
    public string DataPath { get; init; } = "local-servers";

    /// <summary>Where npm has put packages: the servers that are taken where KAFKA_HOME or NEO4J_HOME is not set.</summary>
    public string PackagesPath { get; init; } = "node_modules";

    public LocalKafkaOptions Kafka { get; init; } = new();

    public LocalNeo4jOptions Neo4j { get; init; } = new();
}
