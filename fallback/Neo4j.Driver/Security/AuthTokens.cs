namespace Neo4j.Driver;

/// <summary>The ways to sign in.</summary>
public class AuthTokens
{
    /// <summary>For servers on which sign-in is switched off.</summary>
    public static IAuthToken None => Token("none");

    public static IAuthToken Basic(string username, string password) => Basic(username, password, null);

    public static IAuthToken Basic(string username, string password, string realm)
    {
        var token = Token("basic", ("principal", username), ("credentials", password));
        if (realm is not null)
        {
            token.Content["realm"] = realm;
        }

        return token;
    }

    /// <exception cref="ArgumentException">The token is null or empty.</exception>
    public static IAuthToken Bearer(string token)
    {
        if (string.IsNullOrEmpty(token))
        {
            throw new ArgumentException("A bearer token is not null and not empty.", nameof(token));
        }

        return Token("bearer", ("credentials", token));
    }

    private static AuthToken Token(string scheme, params ReadOnlySpan<(string Key, string Value)> entries)
    {
        var content = new Dictionary<string, object> { ["scheme"] = scheme };
        foreach (var (key, value) in entries)
        {
            content[key] = value;
        }

        return new AuthToken(content);
    }
}
