using Neo4j.Driver.Connections;

namespace Neo4j.Driver;

/// <summary>Makes drivers. A driver holds the connections to one server and is shared by the whole application.</summary>
public static class GraphDatabase
{
    private const int DefaultPort = 7687;

    public static IDriver Driver(string uri) => Driver(new Uri(uri));

    public static IDriver Driver(Uri uri) => Driver(uri, (Action<ConfigBuilder>)null);

    public static IDriver Driver(string uri, Action<ConfigBuilder> action) => Driver(new Uri(uri), action);

    public static IDriver Driver(Uri uri, Action<ConfigBuilder> action) => Driver(uri, AuthTokens.None, action);

    public static IDriver Driver(string uri, IAuthToken authToken) => Driver(new Uri(uri), authToken);

    public static IDriver Driver(Uri uri, IAuthToken authToken) => Driver(uri, authToken, null);

    public static IDriver Driver(string uri, IAuthToken authToken, Action<ConfigBuilder> action) =>
        Driver(new Uri(uri), authToken, action);

    /// <summary>Makes a driver; connections are opened when they are needed.</summary>
    /// <param name="uri"><c>bolt://</c>, <c>bolt+s://</c> (TLS) or <c>bolt+ssc://</c> (TLS, any certificate), host and port (default 7687).</param>
    /// <param name="authToken">Who signs in.</param>
    /// <param name="action">Sets what is not as by default; may be null.</param>
    /// <exception cref="NotSupportedException">The scheme asks for routing, or is unknown.</exception>
    public static IDriver Driver(Uri uri, IAuthToken authToken, Action<ConfigBuilder> action)
    {
        ArgumentNullException.ThrowIfNull(uri);
        ArgumentNullException.ThrowIfNull(authToken);
        var builder = new ConfigBuilder(new Config());
        action?.Invoke(builder);
        var config = builder.Build();
        var encryption = Encryption.For(uri, config);
        if (!string.IsNullOrEmpty(uri.Query))
        {
            throw new ArgumentException($"A {uri.Scheme} URI has no routing context: '{uri}'", nameof(uri));
        }

        var address = new UriBuilder(uri.Scheme, uri.Host, uri.Port < 0 ? DefaultPort : uri.Port).Uri;
        var connector = new Connector(address, encryption, config, TimeProvider.System);
        return new DirectDriver(config, encryption.Enabled, connector, AuthToken.Of(authToken), TimeProvider.System);
    }
}
