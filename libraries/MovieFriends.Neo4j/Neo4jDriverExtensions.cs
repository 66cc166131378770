using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using MovieFriends.Extensions;
using MovieFriends.Neo4j;
using Neo4j.Driver;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Microsoft.Extensions.Hosting;

/// <summary>The Neo4j client integration.</summary>
public static class Neo4jDriverExtensions
{
    private const string HealthCheck = "neo4j";

    /// <summary>
    /// Adds a singleton <see cref="IDriver"/>; the <see cref="Neo4jDriverSettings"/>, <see cref="GraphRetry"/> and <see cref="Neo4jTelemetry"/> that
    /// go with it; and a health check. Spans and metrics of statements that are run through <see cref="GraphQuery"/> are under
    /// <see cref="Neo4jTelemetry.Name"/>.
    /// </summary>
    /// <param name="builder">The host's builder.</param>
    /// <param name="connectionName">The name below <c>ConnectionStrings</c>, and of the subsection of <c>Aspire:Neo4j:Driver</c>, if there is one.</param>
    /// <param name="configureSettings">Changes settings after configuration was read.</param>
    /// <param name="configureDriver">Changes what the driver is made with, after the settings.</param>
    /// <exception cref="ConfigurationException">The connection string is missing or cannot be read, or a setting is wrong.</exception>
    public static void AddNeo4jDriver(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<Neo4jDriverSettings>? configureSettings = null,
        Action<ConfigBuilder>? configureDriver = null) =>
        AddDriver(builder, connectionName, serviceKey: null, configureSettings, configureDriver);

    /// <summary>
    /// Adds one of several drivers: the same services as <see cref="AddNeo4jDriver"/>, all of them keyed, and a health check of its own.
    /// </summary>
    /// <param name="builder">The host's builder.</param>
    /// <param name="name">The key; also the name below <c>ConnectionStrings</c>, and of the subsection of <c>Aspire:Neo4j:Driver</c>, if there is one.</param>
    /// <param name="configureSettings">Changes settings after configuration was read.</param>
    /// <param name="configureDriver">Changes what the driver is made with, after the settings.</param>
    /// <exception cref="ConfigurationException">The connection string is missing or cannot be read, or a setting is wrong.</exception>
    public static void AddKeyedNeo4jDriver(
        this IHostApplicationBuilder builder,
        string name,
        Action<Neo4jDriverSettings>? configureSettings = null,
        Action<ConfigBuilder>? configureDriver = null) =>
        AddDriver(builder, name, serviceKey: name, configureSettings, configureDriver);

    private static void AddDriver(
        IHostApplicationBuilder builder,
        string connectionName,
        string? serviceKey,
        Action<Neo4jDriverSettings>? configureSettings,
        Action<ConfigBuilder>? configureDriver)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(connectionName);
        var settings = ReadSettings(builder, connectionName, configureSettings);
        var connection = Neo4jConnectionString.Parse(settings.ConnectionString!, connectionName);
        var endpoint = Endpoint(builder.Configuration, connection, settings, connectionName);
        settings.Database = connection.Database ?? settings.Database;

        // Without a key these are services like any other.
        var services = builder.Services;
        services.AddKeyedSingleton(serviceKey, settings);
        services.AddKeyedSingleton(serviceKey, (_, _) => Create(endpoint, connection, settings, connectionName, configureDriver));
        services.TryAddSingleton(TimeProvider.System);
        services.AddKeyedSingleton(serviceKey, (provider, _) => new GraphRetry(
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<GraphRetry>>(), connectionName, settings.DisableRetry));
        AddTelemetry(services, serviceKey, settings);
        if (!settings.DisableHealthChecks)
        {
            services.AddHealthChecks().Add(new HealthCheckRegistration(
                serviceKey is null ? HealthCheck : $"{HealthCheck}_{serviceKey}",
                provider => new Neo4jHealthCheck(provider.GetRequiredKeyedService<IDriver>(serviceKey)),
                failureStatus: null,
                tags: null));
        }
    }

    private static Neo4jDriverSettings ReadSettings(IHostApplicationBuilder builder, string connectionName, Action<Neo4jDriverSettings>? configureSettings)
    {
        var settings = builder.Configuration.ReadValidated<Neo4jDriverSettings>(Neo4jDriverSettings.Section, connectionName);
        settings.ConnectionString = builder.Configuration.GetConnectionString(connectionName) ?? settings.ConnectionString;
        configureSettings?.Invoke(settings);
        if (string.IsNullOrWhiteSpace(settings.ConnectionString))
            builder.RequireConnectionString(connectionName, "Endpoint=bolt://localhost:7687;Username=neo4j;Password=...");
        return settings;
    }

    // Each driver has its own switches; source and meter are the host's.
    private static void AddTelemetry(IServiceCollection services, string? serviceKey, Neo4jDriverSettings settings)
    {
        services.AddMetrics();
        services.TryAddSingleton<Neo4jInstruments>();
        services.AddKeyedSingleton(serviceKey, (provider, _) => Neo4jTelemetry.For(settings, provider.GetRequiredService<Neo4jInstruments>()));
        if (!settings.DisableTracing)
            services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddSource(Neo4jTelemetry.Name));
        if (!settings.DisableMetrics)
            services.ConfigureOpenTelemetryMeterProvider(metrics => metrics.AddMeter(Neo4jTelemetry.Name));
    }

    private static GraphEndpoint Endpoint(IConfiguration configuration, Neo4jConnectionString connection, Neo4jDriverSettings settings, string connectionName)
    {
        var own = $"{Neo4jDriverSettings.Section}:{connectionName}:{nameof(settings.TrustedCertificates)}";
        return configuration[own] is null
            ? GraphEndpoint.For(connection.Endpoint, settings.TrustedCertificates, connectionName)
            : GraphEndpoint.For(connection.Endpoint, settings.TrustedCertificates, connectionName, own);
    }

    private static IDriver Create(
        GraphEndpoint endpoint, Neo4jConnectionString connection, Neo4jDriverSettings settings, string connectionName, Action<ConfigBuilder>? configureDriver)
    {
        try
        {
            return endpoint.Connect(
                connection.UserName is null ? AuthTokens.None : AuthTokens.Basic(connection.UserName, connection.Password ?? string.Empty),
                config =>
                {
                    config.WithMaxConnectionPoolSize(settings.MaxConnectionPoolSize).WithConnectionTimeout(settings.ConnectionTimeout);
                    configureDriver?.Invoke(config);
                });
        }
        catch (Exception exception) when (exception is NotSupportedException or ArgumentException)
        {
            throw new ConfigurationException($"ConnectionStrings:{connectionName} cannot be used: {exception.Message}", exception);
        }
    }
}
