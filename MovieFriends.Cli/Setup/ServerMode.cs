namespace MovieFriends.Cli.Setup;

/// <summary>Where Kafka and Neo4j run: the values of the setting <c>Servers</c>.</summary>
internal enum ServerMode
{
    Auto,
    Containers,
    Local,
    External,
}
