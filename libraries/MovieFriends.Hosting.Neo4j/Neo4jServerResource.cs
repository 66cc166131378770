namespace Aspire.Hosting.ApplicationModel;

/// <summary>A Neo4j server in a container.</summary>
/// <param name="name">The name of the resource, and of its connection string.</param>
/// <param name="password">The password of the user <c>neo4j</c>.</param>
public sealed class Neo4jServerResource(string name, ParameterResource password) : ContainerResource(name), INeo4jServer
{
    internal const string BoltEndpointName = "bolt";
    internal const string HttpEndpointName = "http";

    /// <summary>The one user that a new database has; the image refuses another name.</summary>
    public const string UserName = "neo4j";

    /// <inheritdoc/>
    public EndpointReference BoltEndpoint => field ??= new(this, BoltEndpointName);

    /// <summary>The endpoint of Neo4j Browser.</summary>
    public EndpointReference HttpEndpoint => field ??= new(this, HttpEndpointName);

    /// <inheritdoc/>
    public ParameterResource PasswordParameter { get; } = password;

    /// <inheritdoc/>
    public ReferenceExpression UriExpression => ReferenceExpression.Create(
        $"bolt://{BoltEndpoint.Property(EndpointProperty.Host)}:{BoltEndpoint.Property(EndpointProperty.Port)}");

    /// <summary><c>Endpoint=bolt://host:port;Username=neo4j;Password=...</c></summary>
    public ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create($"Endpoint={UriExpression};Username={UserName};Password={PasswordParameter}");
}
