namespace MovieFriends.AppHost.Neo4j;

/// <summary>A Neo4j server of the application model, however it is run.</summary>
internal interface INeo4jServer : IResourceWithConnectionString
{
    /// <summary>The Bolt address, without user and password: <c>bolt://host:port</c>.</summary>
    ReferenceExpression UriExpression { get; }

    /// <summary>The password of the user <c>neo4j</c>; null where sign-in is off.</summary>
    ParameterResource? PasswordParameter { get; }

    /// <summary><c>Endpoint=bolt://host:port;Username=neo4j;Password=...</c>, without the last two where sign-in is off.</summary>
    ReferenceExpression IResourceWithConnectionString.ConnectionStringExpression => PasswordParameter is null
        ? ReferenceExpression.Create($"Endpoint={UriExpression}")
        : ReferenceExpression.Create($"Endpoint={UriExpression};Username={Neo4jServerResource.UserName};Password={PasswordParameter}");
}
