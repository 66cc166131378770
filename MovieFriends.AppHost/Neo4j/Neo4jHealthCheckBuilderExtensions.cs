using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using MovieFriends.Neo4j;

namespace MovieFriends.AppHost.Neo4j;

internal static class Neo4jHealthCheckBuilderExtensions
{
    /// <summary>Whose certificates the services trust, too.</summary>
    private const string TrustedCertificatesKey = "Aspire:Neo4j:Driver:TrustedCertificates";

    /// <summary>Makes the resource healthy when the database behind its connection string answers.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="beforeSignIn">Work to do once, as soon as the server listens and before anybody signs in.</param>
    public static IResourceBuilder<T> WithNeo4jHealthCheck<T>(
        this IResourceBuilder<T> builder, Func<GraphEndpoint, string, CancellationToken, Task>? beforeSignIn = null)
        where T : INeo4jServer
    {
        var server = builder.Resource;
        var key = $"{server.Name}_check";
        var trustedCertificates = builder.ApplicationBuilder.Configuration[TrustedCertificatesKey];

        // A singleton keeps one driver for all checks; the container of the application disposes it.
        builder.ApplicationBuilder.Services.AddKeyedSingleton(key, (_, _) => new Neo4jHealthCheck(server, trustedCertificates, beforeSignIn));
        builder.ApplicationBuilder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            key,
            services => services.GetRequiredKeyedService<Neo4jHealthCheck>(key),
            failureStatus: null,
            tags: null));
        return builder.WithHealthCheck(key);
    }
}
