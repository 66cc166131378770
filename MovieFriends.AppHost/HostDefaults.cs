using Microsoft.Extensions.Configuration;
using MovieFriends.AppHost.Servers;
using MovieFriends.Hosting.Terminal;

namespace MovieFriends.AppHost;

internal static class HostDefaults
{
    /// <summary>Where local servers keep their data, relative to the repository.</summary>
    public const string DataFolder = "artifacts/servers";

    /// <summary>Sets what this application wants of Aspire's host where nobody has said otherwise.</summary>
    public static void AddHostDefaults(this IDistributedApplicationBuilder builder)
    {
        builder.AddTerminalHost();
        builder.Configuration.Default(AppHostSettings.DataPath, DataFolder);
        builder.Configuration.Default(AppHostSettings.PackagesPath, NpmServers.PackagesFolder);
        ResolvePaths(builder.Configuration, builder.RepositoryPath("."));
        ProducerSource.Check(builder.Configuration);
    }

    /// <summary>A path relative to the repository, which is the folder above the AppHost's.</summary>
    public static string RepositoryPath(this IDistributedApplicationBuilder builder, string path) =>
        Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.Combine(builder.AppHostDirectory, "..", path)));

    /// <summary>Where the local servers of this run keep their data; tells runs of one checkout from each other.</summary>
    public static string DataPath(this IDistributedApplicationBuilder builder) => builder.Configuration[AppHostSettings.DataPath]!;

    /// <summary>Gives settings that are paths the full path: each service runs in a folder of its own.</summary>
    internal static void ResolvePaths(IConfiguration configuration, string repository)
    {
        foreach (var (key, value) in configuration.AsEnumerable().Where(setting => setting.Value is not null && PathSettings.IsPath(setting.Key)).ToArray())
            configuration[key] = PathSettings.Resolve(value!, repository);
    }
}
