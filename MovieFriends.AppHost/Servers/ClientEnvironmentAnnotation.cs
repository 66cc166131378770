namespace MovieFriends.AppHost.Servers;

/// <summary>What a client of this server has to be told besides its address.</summary>
/// <param name="Environment">Environment variables in the form the services read their configuration from.</param>
internal sealed record ClientEnvironmentAnnotation(IReadOnlyDictionary<string, string> Environment) : IResourceAnnotation;
