using Aspire.Hosting.ApplicationModel;

namespace MovieFriends.AppHost.Servers;

/// <summary>What a client of this Kafka has to be told besides its address.</summary>
/// <param name="Environment">Environment variables in the form the services read their configuration from.</param>
internal sealed record KafkaClientAnnotation(IReadOnlyDictionary<string, string> Environment) : IResourceAnnotation;
