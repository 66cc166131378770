using MovieFriends.Hosting.LocalServers;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A Neo4j server as a process of this machine.</summary>
public sealed class LocalNeo4jResource : ExecutableResource, INeo4jServer
{
    internal const string BoltEndpointName = "bolt";
    internal const string HttpEndpointName = "http";

    private readonly string _scheme;

    // The scheme is bolt, or bolt+s for a server that wants TLS.
    internal LocalNeo4jResource(string name, string java, string folder, string scheme, ParameterResource? password)
        : base(name, java, folder) => (_scheme, PasswordParameter) = (scheme, password);

    /// <summary>The server's version, for example <c>5.26.25</c>.</summary>
    public required string Version { get; init; }

    /// <summary>Whether clients can set a time limit for a transaction, which came with 4.0.</summary>
    public required bool HasTransactionTimeout { get; init; }

    /// <inheritdoc/>
    public EndpointReference BoltEndpoint => field ??= new(this, BoltEndpointName);

    /// <inheritdoc/>
    public ParameterResource? PasswordParameter { get; }

    /// <inheritdoc/>
    public ReferenceExpression UriExpression =>
        ReferenceExpression.Create($"{_scheme}://{LocalServerHost.Address}:{BoltEndpoint.Property(EndpointProperty.Port)}");

    /// <summary><c>Endpoint=bolt://127.0.0.1:port;Username=neo4j;Password=...</c>, without the last two where sign-in is off.</summary>
    public ReferenceExpression ConnectionStringExpression => PasswordParameter is null
        ? ReferenceExpression.Create($"Endpoint={UriExpression}")
        : ReferenceExpression.Create($"Endpoint={UriExpression};Username={Neo4jServerResource.UserName};Password={PasswordParameter}");
}
