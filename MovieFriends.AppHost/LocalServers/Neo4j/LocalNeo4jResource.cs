using MovieFriends.AppHost.Neo4j;

namespace MovieFriends.AppHost.LocalServers.Neo4j;

/// <summary>A Neo4j server as a process of this machine.</summary>
/// <param name="name">The name of the resource, and of its connection string.</param>
/// <param name="java">The <c>java</c> program.</param>
/// <param name="folder">The server's folder.</param>
/// <param name="scheme">How clients connect: <c>bolt</c>, or <c>bolt+s</c> for a server that wants TLS.</param>
/// <param name="password">The password of the user <c>neo4j</c>; null for a server without sign-in.</param>
internal sealed class LocalNeo4jResource(string name, string java, string folder, string scheme, ParameterResource? password)
    : ExecutableResource(name, java, folder), INeo4jServer
{
    public const string BoltEndpointName = "bolt";
    public const string HttpEndpointName = "http";

    public EndpointReference BoltEndpoint => field ??= new(this, BoltEndpointName);

    public ParameterResource? PasswordParameter => password;

    public ReferenceExpression UriExpression =>
        ReferenceExpression.Create($"{scheme}://{LocalServerHost.Address}:{BoltEndpoint.Property(EndpointProperty.Port)}");
}
