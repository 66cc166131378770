using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;

namespace MovieFriends.AppHost.Servers;

internal static class ConnectionsFileBuilderExtensions
{
    /// <summary>Keeps a <see cref="ConnectionsFile"/> up to date as the connection strings become known.</summary>
    public static void AddConnectionsFile(
        this IDistributedApplicationBuilder builder,
        IResourceBuilder<IResourceWithConnectionString> kafka,
        IResourceBuilder<IResourceWithConnectionString> graph)
    {
        if (!builder.ExecutionContext.IsRunMode)
            return;

        var dataPath = builder.DataPath();
        var path = builder.RepositoryPath(builder.Configuration[AppHostSettings.ConnectionsFile] ?? Path.Combine(AppHostRecord.Folder, NameFor(builder, dataPath)));
        builder.Services.AddSingleton(_ => new ConnectionsFile(path, dataPath));
        builder.Services.AddHostedService(services => services.GetRequiredService<ConnectionsFile>());

        IResourceWithConnectionString[] servers = [kafka.Resource, graph.Resource];
        var environment = new ConcurrentDictionary<string, string>();
        var known = 0;
        foreach (var server in servers)
        {
            // A connection string that is configured is never announced; it is there from the start.
            if (server is ParameterResource)
                builder.Eventing.Subscribe<BeforeStartEvent>((start, cancellationToken) => KnownAsync(server, start.Services, cancellationToken));
            else
                builder.Eventing.Subscribe<ConnectionStringAvailableEvent>(server, (available, cancellationToken) => KnownAsync(server, available.Services, cancellationToken));
        }

        async Task KnownAsync(IResourceWithConnectionString server, IServiceProvider services, CancellationToken cancellationToken)
        {
            if (await server.GetConnectionStringAsync(cancellationToken) is not { } connectionString)
                return;

            environment[server.ConnectionStringEnvironmentVariable ?? $"ConnectionStrings__{server.Name}"] = connectionString;
            foreach (var (name, value) in server.Annotations.OfType<ClientEnvironmentAnnotation>())
                environment[name] = value is IValueProvider provider ? await provider.GetValueAsync(cancellationToken) ?? "" : $"{value}";
            if (Interlocked.Increment(ref known) >= servers.Length)
                services.GetRequiredService<ConnectionsFile>().Write(environment);
        }
    }

    // Runs with other data folders go on beside each other, and each has a file of its own.
    private static string NameFor(IDistributedApplicationBuilder builder, string dataPath) =>
        dataPath == builder.RepositoryPath(HostDefaults.DataFolder)
            ? "connections.json"
            : $"connections-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(dataPath)).AsSpan(0, 4))}.json";
}
