using MovieFriends.Extensions;
using MovieFriends.Hosting.LocalServers;
using MovieFriends.Hosting.LocalServers.Neo4j;
using MovieFriends.Neo4j;
using Neo4j.Driver;

namespace Aspire.Hosting;

/// <summary>Adds Neo4j servers as processes of this machine.</summary>
public static class LocalNeo4jBuilderExtensions
{
    /// <summary>The setting of the client integration: whose certificates are trusted.</summary>
    private const string TrustedCertificatesKey = $"{Neo4jDriverSettings.Section}:{nameof(Neo4jDriverSettings.TrustedCertificates)}";

    /// <summary>
    /// Adds the Neo4j that <c>NEO4J_HOME</c> names, or else one from npm, with sign-in wherever the version lets it be set up. It listens on the
    /// loopback address alone.
    /// </summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name of the resource, and of its connection string.</param>
    /// <param name="options">Settings; those of the section <c>LocalServers:Neo4j</c> if null.</param>
    /// <exception cref="ConfigurationException">A setting is wrong.</exception>
    /// <exception cref="MovieFriends.Machine.MachineException">Java or Neo4j is missing or too old, or a port is taken.</exception>
    public static IResourceBuilder<LocalNeo4jResource> AddLocalNeo4j(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, LocalNeo4jOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);

        const string section = LocalServersOptions.Neo4jSection;
        var configured = options ?? builder.Configuration.ReadValidated<LocalNeo4jOptions>(section);
        var host = LocalServerHost.Of(builder);
        var home = Neo4jHome.Find(builder.Configuration[Neo4jHome.Variable], host.PackagesPath);
        var capabilities = home.Capabilities;
        host.Java.Require(capabilities.LeastJava, home.ToString());

        var boltPort = host.Ports.Fixed(configured.BoltPort, $"{section}:{nameof(configured.BoltPort)}");
        int? httpPort = configured.Http ? host.Ports.Fixed(configured.HttpPort, $"{section}:{nameof(configured.HttpPort)}") : null;
        var memory = Neo4jMemory.For(configured, MachineMemory.TotalMegabytes);
        var files = new Neo4jFiles(host.Folder("neo4j", home.Version));
        var password = capabilities.HasSystemDatabase ? new ParameterResource($"{name}-password", _ => Neo4jPassword.ReadOrCreate(files.Password), secret: true) : null;
        var resource = new LocalNeo4jResource(name, host.Java.Path, files.Folder, Scheme(capabilities, configured), password)
        {
            Version = home.Version,
            HasTransactionTimeout = capabilities.HasTransactionTimeout,
        };
        var trustedCertificates = builder.Configuration[TrustedCertificatesKey];

        var neo4j = builder.AddResource(resource)
            .WithEndpoint(port: boltPort, targetPort: boltPort, scheme: "bolt", name: LocalNeo4jResource.BoltEndpointName, isProxied: false)
            .WithJava(files.Folder, Neo4jCommand.Server(home, files, memory, configured.JavaOptions))
            .WithNeo4jHealthCheck((address, secret, cancellationToken) => ConnectAsync(GraphEndpoint.For(address, trustedCertificates, name), secret, files, cancellationToken))
            .OnBeforeResourceStarted(async (_, _, cancellationToken) =>
            {
                foreach (var folder in files.Folders)
                    Directory.CreateDirectory(folder);

                Neo4jSettings.For(capabilities, boltPort, httpPort, memory).Override(configured.Settings).Write(files.Settings);
                if (capabilities.NeedsPortableEncoder)
                    PortableEncoder.CopyJar(home, files);

                await ServerLockFile.WaitUntilFreeAsync(files.Data, Neo4jFiles.LockName, cancellationToken);
            });
        return httpPort is { } port
            ? neo4j.WithEndpoint(port: port, targetPort: port, scheme: "http", name: LocalNeo4jResource.HttpEndpointName, isProxied: false)
                .WithNeo4jBrowserUrl(LocalNeo4jResource.HttpEndpointName)
            : neo4j;
    }

    private static string Scheme(Neo4jCapabilities capabilities, LocalNeo4jOptions options) =>
        options.Settings.TryGetValue(capabilities.TlsLevelSetting, out var level) && level.Equals("REQUIRED", StringComparison.OrdinalIgnoreCase) ? "bolt+s" : "bolt";

    private static async Task<IDriver> ConnectAsync(GraphEndpoint endpoint, string? password, Neo4jFiles files, CancellationToken cancellationToken)
    {
        if (password is not null)
            await Neo4jPassword.EnsureAsync(endpoint, password, files.Password, cancellationToken);
        return endpoint.Connect(
            password is null ? AuthTokens.None : AuthTokens.Basic(Neo4jServerResource.UserName, password), config => config.WithMaxConnectionPoolSize(1));
    }
}
