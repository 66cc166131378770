namespace MovieFriends.AppHost.Servers;

/// <summary>What the application runs against, for reports.</summary>
/// <param name="Mode">The mode that was chosen, for example <c>Local</c>.</param>
/// <param name="Kafka">Kafka's version.</param>
/// <param name="Neo4j">Neo4j's version.</param>
internal sealed record ServersInfo(string Mode, string Kafka, string Neo4j);
