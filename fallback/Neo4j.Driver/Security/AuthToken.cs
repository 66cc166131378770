namespace Neo4j.Driver;

/// <summary>The map that signs in.</summary>
internal sealed class AuthToken(Dictionary<string, object> content) : IAuthToken
{
    public Dictionary<string, object> Content { get; } = content;

    /// <exception cref="NotSupportedException">The token is not from <see cref="AuthTokens"/>.</exception>
    public static AuthToken Of(IAuthToken token) => token as AuthToken
        ?? throw new NotSupportedException($"A token comes from {nameof(AuthTokens)}; a {token.GetType().Name} cannot be sent.");
}
