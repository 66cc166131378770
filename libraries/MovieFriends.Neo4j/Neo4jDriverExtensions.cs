using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using MovieFriends.Extensions;
using Neo4j.Driver;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace MovieFriends.Neo4j;

/// <summary>The Neo4j client integration.</summary>
public static class Neo4jDriverExtensions
{
    /// <summary>
    /// Adds a singleton <see cref="IDriver"/>, the <see cref="Neo4jDriverSettings"/> it was made from, and a health check.
    /// Spans and metrics of queries that are run through <see cref="GraphQuery"/> are under <see cref="Neo4jTelemetry.Name"/>.
    /// </summary>
    /// <param name="builder">The service's builder.</param>
    /// <param name="connectionName">The name below <c>ConnectionStrings</c>.</param>
    /// <param name="configureSettings">Changes settings after configuration was read.</param>
    /// <exception cref="ConfigurationException">The connection string is missing or cannot be read, or a setting is wrong.</exception>
    public static void AddNeo4jDriver(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<Neo4jDriverSettings>? configureSettings = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var settings = builder.AddValidatedOptions<Neo4jDriverSettings>(Neo4jDriverSettings.Section);
        settings.ConnectionString = builder.Configuration.GetConnectionString(connectionName) ?? settings.ConnectionString;
        configureSettings?.Invoke(settings);
        if (string.IsNullOrWhiteSpace(settings.ConnectionString))
            builder.RequireConnectionString(connectionName, "Endpoint=bolt://localhost:7687;Username=neo4j;Password=...");

        var connection = Neo4jConnectionString.Parse(settings.ConnectionString!, connectionName);
        settings.Database = connection.Database ?? settings.Database;
        if (!settings.DisableTracing)
            builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddSource(Neo4jTelemetry.Name));
        if (!settings.DisableMetrics)
            builder.Services.ConfigureOpenTelemetryMeterProvider(metrics => metrics.AddMeter(Neo4jTelemetry.Name));

        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton<GraphRetry>();
        builder.Services.AddMetrics();
        builder.Services.TryAddSingleton<Neo4jInstruments>();
        builder.Services.AddSingleton(services => Neo4jTelemetry.For(settings, services.GetRequiredService<Neo4jInstruments>()));
        var endpoint = Endpoint(connection, settings);
        builder.Services.AddSingleton<IDriver>(_ => Create(endpoint, connection, settings, connectionName));
        if (!settings.DisableHealthChecks)
            builder.Services.AddHealthChecks().AddCheck<Neo4jHealthCheck>("neo4j");
    }

    private static GraphEndpoint Endpoint(Neo4jConnectionString connection, Neo4jDriverSettings settings)
    {
        try
        {
            return GraphEndpoint.For(connection.Endpoint, settings.TrustedCertificates);
        }
        catch (InvalidDataException exception)
        {
            throw new ConfigurationException(
                $"{Neo4jDriverSettings.Section}:{nameof(settings.TrustedCertificates)} = '{settings.TrustedCertificates}': {exception.Message}.", exception);
        }
    }

    private static IDriver Create(GraphEndpoint endpoint, Neo4jConnectionString connection, Neo4jDriverSettings settings, string connectionName)
    {
        try
        {
            return endpoint.Connect(
                connection.UserName is null ? AuthTokens.None : AuthTokens.Basic(connection.UserName, connection.Password ?? string.Empty),
                config => config
                    .WithMaxConnectionPoolSize(settings.MaxConnectionPoolSize)
                    .WithConnectionTimeout(settings.ConnectionTimeout));
        }
        catch (Exception exception) when (exception is NotSupportedException or ArgumentException)
        {
            throw new ConfigurationException($"ConnectionStrings:{connectionName} cannot be used: {exception.Message}", exception);
        }
    }
}
