namespace Aspire.Hosting.ApplicationModel;

/// <summary>A Neo4j server of the application model, however it is run: in a container or as a process.</summary>
public interface INeo4jServer : IResourceWithConnectionString
{
    /// <summary>The endpoint for Bolt, the protocol of the drivers.</summary>
    EndpointReference BoltEndpoint { get; }

    /// <summary>The Bolt address, without user and password: <c>bolt://host:port</c>.</summary>
    ReferenceExpression UriExpression { get; }

    /// <summary>The password of the user <c>neo4j</c>; null where sign-in is off.</summary>
    ParameterResource? PasswordParameter { get; }
}
