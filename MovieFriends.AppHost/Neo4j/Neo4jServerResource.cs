namespace MovieFriends.AppHost.Neo4j;

/// <summary>A Neo4j server in a container.</summary>
/// <param name="name">The name of the resource, and of its connection string.</param>
/// <param name="password">The password of the user <c>neo4j</c>.</param>
internal sealed class Neo4jServerResource(string name, ParameterResource password) : ContainerResource(name), INeo4jServer
{
    public const string BoltEndpointName = "bolt";
    public const string HttpEndpointName = "http";

    /// <summary>The one user that a new database has; the image refuses another name.</summary>
    public const string UserName = "neo4j";

    public EndpointReference BoltEndpoint => field ??= new(this, BoltEndpointName);

    public ParameterResource PasswordParameter => password;

    public ReferenceExpression UriExpression => ReferenceExpression.Create(
        $"bolt://{BoltEndpoint.Property(EndpointProperty.Host)}:{BoltEndpoint.Property(EndpointProperty.Port)}");
}
