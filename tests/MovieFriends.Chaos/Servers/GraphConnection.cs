using MovieFriends.Neo4j;
using Neo4j.Driver;

namespace MovieFriends.Chaos.Servers;

/// <summary>Connections to the graph from the environment that the AppHost hands to services.</summary>
internal static class GraphConnection
{
    public const string Variable = "ConnectionStrings__graph";

    public const string TrustedCertificatesVariable = "Aspire__Neo4j__Driver__TrustedCertificates";

    private const string Name = "graph";

    public static Neo4jConnectionString Parse(IReadOnlyDictionary<string, string> environment) =>
        Neo4jConnectionString.Parse(environment[Variable], Name);

    public static IDriver Open(IReadOnlyDictionary<string, string> environment)
    {
        var connection = Parse(environment);
        return GraphEndpoint.For(connection.Endpoint, environment.GetValueOrDefault(TrustedCertificatesVariable), Name).Connect(
            connection.UserName is { } user ? AuthTokens.Basic(user, connection.Password ?? "") : AuthTokens.None, _ => { });
    }

    /// <summary>The same environment, with the graph at another port of this machine.</summary>
    public static Dictionary<string, string> MoveTo(IReadOnlyDictionary<string, string> environment, int port)
    {
        var endpoint = Parse(environment).Endpoint;
        var moved = $"{endpoint.Scheme}://{endpoint.Host}:{port}";
        return new(environment)
        {
            [Variable] = environment[Variable].Replace($"{endpoint.Scheme}://{endpoint.Authority}", moved, StringComparison.OrdinalIgnoreCase),
        };
    }
}
