using System.Collections.Concurrent;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace MovieFriends.AppHost.Servers;

internal static class ConnectionsFileBuilderExtensions
{
    /// <summary>Overrides where the file is kept; a relative path is below the repository.</summary>
    public const string PathKey = "ConnectionsFile";

    private const string DefaultPath = "artifacts/run/connections.json";

    /// <summary>Keeps a <see cref="ConnectionsFile"/> up to date as the connection strings become known.</summary>
    public static void AddConnectionsFile(
        this IDistributedApplicationBuilder builder,
        IResourceBuilder<IResourceWithConnectionString> kafka,
        IResourceBuilder<IResourceWithConnectionString> graph)
    {
        var path = builder.RepositoryPath(builder.Configuration[PathKey] ?? DefaultPath);
        builder.Services.AddSingleton(_ => new ConnectionsFile(path));
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
            builder.Eventing.Subscribe<ConnectionStringAvailableEvent>(resource, async (available, cancellationToken) =>
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
                    available.Services.GetRequiredService<ConnectionsFile>().Write(environment);
                }
            });
        }
    }

    /// <summary>A path relative to the repository, which is the folder above the AppHost's.</summary>
    public static string RepositoryPath(this IDistributedApplicationBuilder builder, string path) =>
        Path.GetFullPath(Path.Combine(builder.AppHostDirectory, "..", path));
}
