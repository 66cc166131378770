using System.Data.Common;
using MovieFriends.Extensions;

namespace MovieFriends.Neo4j;

/// <summary>
/// Where a Neo4j server is and how to sign in. Two forms are read:
/// <c>Endpoint=bolt://host:7687;Username=neo4j;Password=secret;Database=neo4j</c> and
/// <c>bolt://neo4j:secret@host:7687/neo4j</c> (percent-encoded where needed).
/// </summary>
/// <param name="Endpoint">Scheme <c>bolt</c>, <c>bolt+s</c>, <c>bolt+ssc</c>, <c>neo4j</c>, <c>neo4j+s</c> or <c>neo4j+ssc</c>.</param>
/// <param name="UserName">None means that the server has sign-in off.</param>
/// <param name="Password">The password of that user.</param>
/// <param name="Database">None is the server's default.</param>
public sealed record Neo4jConnectionString(Uri Endpoint, string? UserName, string? Password, string? Database)
{
    private const string Example = "Endpoint=bolt://localhost:7687;Username=neo4j;Password=...";
    private const string Quoting = "a value with ';' or quotes is put in double quotes, and a double quote in it is written twice: Password=\"a;b\"\"c\"";

    // Of other programs. Any other name may be the rest of a password with a semicolon, and is not repeated.
    private static readonly string[] s_usualNames = ["user", "user id", "userid", "uid", "login", "pwd", "host", "server", "address", "port", "uri", "url", "db"];

    private static readonly string[] s_schemes = ["bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc"];

    /// <summary>Reads either form.</summary>
    /// <param name="value">The connection string.</param>
    /// <param name="name">Its name, for error messages.</param>
    /// <exception cref="ConfigurationException">It is neither. The message does not repeat the value: it may hold a password.</exception>
    public static Neo4jConnectionString Parse(string value, string name)
    {
        ArgumentNullException.ThrowIfNull(value);
        var connection = value.Contains("Endpoint", StringComparison.OrdinalIgnoreCase) && value.Contains('=', StringComparison.Ordinal)
            ? ParsePairs(value, name)
            : ParseUri(value, name);
        return s_schemes.Contains(connection.Endpoint.Scheme)
            ? connection
            : throw Invalid(name, $"scheme '{connection.Endpoint.Scheme}' is none of {string.Join(", ", s_schemes)}");
    }

    /// <summary>Without the password, so that it can be logged.</summary>
    public override string ToString() => $"{Endpoint.Scheme}://{Endpoint.Authority}";

    private static Neo4jConnectionString ParsePairs(string value, string name)
    {
        var pairs = new DbConnectionStringBuilder();
        try
        {
            pairs.ConnectionString = value;
        }
        catch (ArgumentException exception)
        {
            throw Invalid(name, $"its Key=Value pairs cannot be read ({Quoting})", exception);
        }

        string[] known = ["endpoint", "username", "password", "database"];
        foreach (string key in pairs.Keys)
        {
            if (!known.Contains(key, StringComparer.OrdinalIgnoreCase))
            {
                var unknown = s_usualNames.Contains(key, StringComparer.OrdinalIgnoreCase) ? $"'{key}'" : "one of its names";
                throw Invalid(name, $"{unknown} is none of Endpoint, Username, Password, Database ({Quoting})");
            }
        }

        if (!Uri.TryCreate(Get("Endpoint"), UriKind.Absolute, out var endpoint))
            throw Invalid(name, "Endpoint is missing or not a URI");

        // An address is shown in messages and traces; a password must not be in it.
        if (endpoint.UserInfo.Length > 0)
            throw Invalid(name, "user and password of Key=Value pairs belong into Username and Password, not into Endpoint");

        var (database, inPath) = (Get("Database"), DatabaseOf(endpoint, name));
        return database is null || inPath is null || database == inPath
            ? new Neo4jConnectionString(inPath is null ? endpoint : WithoutPath(endpoint), Get("Username"), Get("Password"), database ?? inPath)
            : throw Invalid(name, $"Endpoint names the database '{inPath}', and Database '{database}'");

        string? Get(string key) => pairs.TryGetValue(key, out var text) && text is string { Length: > 0 } s ? s : null;
    }

    private static Neo4jConnectionString ParseUri(string value, string name)
    {
        if (!Uri.TryCreate(value, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
            throw Invalid(name, "it is neither a URI nor Key=Value pairs (in a URI, characters of user and password other than letters and digits are percent-encoded)");

        var user = uri.UserInfo.Split(':', 2);
        return new Neo4jConnectionString(
            WithoutPath(uri),
            user[0].Length > 0 ? Uri.UnescapeDataString(user[0]) : null,
            user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
            DatabaseOf(uri, name));
    }

    private static Uri WithoutPath(Uri uri) => new UriBuilder(uri) { UserName = string.Empty, Password = string.Empty, Path = string.Empty }.Uri;

    // What the path of either form says; the driver takes no notice of a path.
    private static string? DatabaseOf(Uri uri, string name) => uri.AbsolutePath.Trim('/') switch
    {
        "" => null,
        var path when path.Contains('/', StringComparison.Ordinal) => throw Invalid(name, "the path of its address must be the name of one database"),
        var path => Uri.UnescapeDataString(path),
    };

    private static ConfigurationException Invalid(string name, string reason, Exception? inner = null) =>
        new($"ConnectionStrings:{name} cannot be used: {reason}; expected for example {Example}.", inner);
}
