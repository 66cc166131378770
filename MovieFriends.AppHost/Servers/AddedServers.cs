namespace MovieFriends.AppHost.Servers;

/// <summary>Kafka and the graph database in the application model.</summary>
/// <param name="Description">What they are, in a few words for the log.</param>
/// <param name="KafkaVersion">Kafka's version, as far as it is known before it runs.</param>
/// <param name="GraphVersion">The same of the graph database.</param>
internal sealed record AddedServers(
    IResourceBuilder<IResourceWithConnectionString> Kafka,
    IResourceBuilder<IResourceWithConnectionString> Graph,
    string Description,
    string KafkaVersion,
    string GraphVersion);
