using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using MovieFriends.AppHost.LocalServers;

namespace MovieFriends.AppHost.Servers;

internal static class ConnectionsFileBuilderExtensions
{
    /// <summary>Overrides where the file is kept; a relative path is below the repository.</summary>
    public const string PathKey = "ConnectionsFile";

    private const string Folder = "artifacts/run";

    /// <summary>Keeps a <see cref="ConnectionsFile"/> up to date as the connection strings become known.</summary>
    public static void AddConnectionsFile(
        this IDistributedApplicationBuilder builder,
        IResourceBuilder<IResourceWithConnectionString> kafka,
        IResourceBuilder<IResourceWithConnectionString> graph)
    {
        var dataPath = builder.RepositoryPath(LocalServersOptions.From(builder.Configuration).DataPath);
        var path = builder.RepositoryPath(builder.Configuration[PathKey] ?? Path.Combine(Folder, NameFor(builder, dataPath)));
        builder.Services.AddSingleton(_ => new ConnectionsFile(path, dataPath));
        builder.Services.AddHostedService(services => services.GetRequiredService<ConnectionsFile>());

        // The AppHost's own settings come last, for they win.
        var environment = new ConcurrentDictionary<string, string>();
        foreach (var (variable, value) in ClientBuilderExtensions.ClientEnvironment(kafka.Resource)
            .Concat(ClientBuilderExtensions.ClientEnvironment(graph.Resource))
            .Concat(ClientBuilderExtensions.ClientConfiguration(builder.Configuration)))
        {
            environment[variable] = value;
        }

        var known = 0;
        foreach (var resource in new[] { kafka.Resource, graph.Resource })
        {
            // A connection string that is configured is never announced; it is there from the start.
            if (resource is ParameterResource)
                builder.Eventing.Subscribe<BeforeStartEvent>((start, cancellationToken) => KnownAsync(resource, start.Services, cancellationToken));
            else
                builder.Eventing.Subscribe<ConnectionStringAvailableEvent>(resource, (available, cancellationToken) => KnownAsync(resource, available.Services, cancellationToken));
        }

        async Task KnownAsync(IResourceWithConnectionString resource, IServiceProvider services, CancellationToken cancellationToken)
        {
            var variable = resource.ConnectionStringEnvironmentVariable ?? $"ConnectionStrings__{resource.Name}";
            var value = await resource.GetConnectionStringAsync(cancellationToken);
            if (value is null)
            {
                return;
            }

            environment[variable] = value;
            if (Interlocked.Increment(ref known) >= 2)
            {
                services.GetRequiredService<ConnectionsFile>().Write(environment);
            }
        }
    }

    // Runs with other data folders go on beside each other, and each has a file of its own.
    private static string NameFor(IDistributedApplicationBuilder builder, string dataPath) =>
        dataPath == builder.RepositoryPath(new LocalServersOptions().DataPath)
            ? "connections.json"
            : $"connections-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(dataPath)).AsSpan(0, 4))}.json";

    /// <summary>A path relative to the repository, which is the folder above the AppHost's.</summary>
    public static string RepositoryPath(this IDistributedApplicationBuilder builder, string path) =>
        Path.GetFullPath(Path.Combine(builder.AppHostDirectory, "..", path));
}
