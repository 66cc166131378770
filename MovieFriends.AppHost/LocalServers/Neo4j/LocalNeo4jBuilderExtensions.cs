using MovieFriends.AppHost.Neo4j;
using MovieFriends.AppHost.Servers;

namespace MovieFriends.AppHost.LocalServers.Neo4j;

internal static class LocalNeo4jBuilderExtensions
{
    /// <summary>Adds a Neo4j server, with sign-in wherever the version lets it be set up.</summary>
    public static IResourceBuilder<LocalNeo4jResource> AddLocalNeo4j(
        this IDistributedApplicationBuilder builder, string name, Neo4jHome home, LocalServerHost host, LocalNeo4jOptions options)
    {
        var section = $"{LocalServersOptions.Section}:{nameof(LocalServersOptions.Neo4j)}";
        var boltPort = host.Ports.Fixed(options.BoltPort, $"{section}:{nameof(options.BoltPort)}");
        int? httpPort = options.Http ? host.Ports.Fixed(options.HttpPort, $"{section}:{nameof(options.HttpPort)}") : null;
        var memory = Neo4jMemory.For(options, MachineMemory.TotalMegabytes);
        var files = new Neo4jFiles(host.Folder("neo4j", home.Version));
        var resource = new LocalNeo4jResource(name, host.Java.Path, files.Folder, Scheme(home, options), PasswordParameter(name, home, files));

        var neo4j = builder.AddResource(resource)
            .WithEndpoint(port: boltPort, targetPort: boltPort, scheme: "bolt", name: LocalNeo4jResource.BoltEndpointName, isProxied: false)
            .WithAnnotation(new ClientEnvironmentAnnotation(home.Capabilities.ClientEnvironment))
            .WithJava(files.Folder, Neo4jCommand.Server(home, files, memory, options.JavaOptions))
            .WithNeo4jHealthCheck((endpoint, password, cancellationToken) => Neo4jPassword.EnsureAsync(endpoint, password, files.Password, cancellationToken))
            .OnBeforeResourceStarted(async (_, _, cancellationToken) =>
            {
                foreach (var folder in files.Folders)
                {
                    Directory.CreateDirectory(folder);
                }

                Neo4jSettings.For(home.Capabilities, boltPort, httpPort, memory).Override(options.Settings).Write(files.Settings);
                if (home.Capabilities.NeedsPortableEncoder)
                {
                    PortableEncoder.CopyJar(home, files);
                }

                await ServerLockFile.WaitUntilFreeAsync(files.Data, Neo4jFiles.LockName, cancellationToken);
            });
        return httpPort is { } port
            ? neo4j.WithEndpoint(port: port, targetPort: port, scheme: "http", name: LocalNeo4jResource.HttpEndpointName, isProxied: false)
            : neo4j;
    }

    private static string Scheme(Neo4jHome home, LocalNeo4jOptions options) =>
        options.Settings.TryGetValue(home.Capabilities.TlsLevelSetting, out var level) && level.Equals("REQUIRED", StringComparison.OrdinalIgnoreCase) ? "bolt+s" : "bolt";

    private static ParameterResource? PasswordParameter(string name, Neo4jHome home, Neo4jFiles files) =>
        home.Capabilities.HasSystemDatabase
            ? new ParameterResource($"{name}-password", _ => Neo4jPassword.ReadOrCreate(files.Password), secret: true)
            : null;
}
