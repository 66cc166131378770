using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using MovieFriends.Hosting.LocalServers.Java;

namespace MovieFriends.Hosting.LocalServers;

/// <summary>What the resources of all local servers have in common.</summary>
internal static class LocalServerBuilderExtensions
{
    /// <summary>Gives the process its command line, locks its folder, and keeps it out of a published manifest.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="folder">The server's folder.</param>
    /// <param name="command">What Java is started with.</param>
    public static IResourceBuilder<T> WithJava<T>(this IResourceBuilder<T> builder, string folder, JavaCommand command)
        where T : ExecutableResource
    {
        DataFolderLocks.Add(builder.ApplicationBuilder, folder);
        return builder
            .WithArgs([.. command.CommandLine])
            .WithEnvironment(JavaCommand.ClassPathVariable, command.ClassPath)
            .ExcludeFromManifest();
    }

    /// <summary>Adds a health check that lives as long as the application and is disposed with it.</summary>
    public static IResourceBuilder<T> WithKeyedHealthCheck<T>(this IResourceBuilder<T> builder, Func<IServiceProvider, IHealthCheck> check)
        where T : IResource
    {
        var key = $"{builder.Resource.Name}_check";
        builder.ApplicationBuilder.Services.AddKeyedSingleton(key, (services, _) => check(services));
        builder.ApplicationBuilder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            key,
            services => services.GetRequiredKeyedService<IHealthCheck>(key),
            failureStatus: null,
            tags: null));
        return builder.WithHealthCheck(key);
    }
}
