using System.Globalization;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Neo4j.Driver;

namespace Aspire.Hosting;

/// <summary>Adds Neo4j servers to an application.</summary>
public static class Neo4jBuilderExtensions
{
    private const int BoltPort = 7687;
    private const int HttpPort = 7474;
    private const string DataFolder = "/data";

    /// <summary>Adds a Neo4j server in a container, with a health check that signs in and asks the database.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name of the resource, and of its connection string.</param>
    /// <param name="password">The password of the user <c>neo4j</c>, at least 8 characters and without <c>;</c>; generated and kept if null.</param>
    /// <param name="boltPort">The port of this machine for Bolt; a free one if null.</param>
    /// <param name="httpPort">The port of this machine for Neo4j Browser; a free one if null.</param>
    public static IResourceBuilder<Neo4jServerResource> AddNeo4j(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        IResourceBuilder<ParameterResource>? password = null,
        int? boltPort = null,
        int? httpPort = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);

        // Letters and digits only: the password stands in NEO4J_AUTH and in a connection string, neither of which can quote.
        var secret = password?.Resource
            ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password", special: false);
        var neo4j = new Neo4jServerResource(name, secret);
        return builder.AddResource(neo4j)
            .WithImage(Neo4jContainerImageTags.Image, Neo4jContainerImageTags.Tag)
            .WithImageRegistry(Neo4jContainerImageTags.Registry)
            .WithIconName("DatabaseLink")
            .WithEndpoint(port: boltPort, targetPort: BoltPort, scheme: "bolt", name: Neo4jServerResource.BoltEndpointName)
            .WithHttpEndpoint(port: httpPort, targetPort: HttpPort, name: Neo4jServerResource.HttpEndpointName)
            .WithNeo4jBrowserUrl(Neo4jServerResource.HttpEndpointName)
            .WithEnvironment("NEO4J_AUTH", ReferenceExpression.Create($"{Neo4jServerResource.UserName}/{secret}"))
            .WithEnvironment("NEO4J_dbms_usage__report_enabled", "false")
            .WithNeo4jHealthCheck();
    }

    /// <summary>Keeps the data in a volume, so that it outlives the container.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="name">The volume's name; made from the application's and the resource's if null.</param>
    public static IResourceBuilder<Neo4jServerResource> WithDataVolume(this IResourceBuilder<Neo4jServerResource> builder, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithVolume(name ?? VolumeNameGenerator.Generate(builder, "data"), DataFolder);
    }

    /// <summary>Keeps the data in a folder of this machine.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="source">The folder.</param>
    public static IResourceBuilder<Neo4jServerResource> WithDataBindMount(this IResourceBuilder<Neo4jServerResource> builder, string source)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(source);
        return builder.WithBindMount(source, DataFolder);
    }

    /// <summary>Lets the image install plug-ins at its start, which takes access to the internet.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="plugins">Names as the image knows them, for example <c>apoc</c> or <c>graph-data-science</c>.</param>
    public static IResourceBuilder<Neo4jServerResource> WithPlugins(this IResourceBuilder<Neo4jServerResource> builder, params string[] plugins)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(plugins);
        return builder.WithEnvironment("NEO4J_PLUGINS", JsonSerializer.Serialize(plugins));
    }

    /// <summary>Fixes the server's memory; without it Neo4j takes a share of the machine's.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="heapMegabytes">The Java heap, in MiB.</param>
    /// <param name="pageCacheMegabytes">The cache for the store's files, in MiB.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not above 0.</exception>
    public static IResourceBuilder<Neo4jServerResource> WithMemory(
        this IResourceBuilder<Neo4jServerResource> builder, int heapMegabytes, int pageCacheMegabytes)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(heapMegabytes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pageCacheMegabytes);
        var heap = heapMegabytes.ToString(CultureInfo.InvariantCulture) + "m";
        var pageCache = pageCacheMegabytes.ToString(CultureInfo.InvariantCulture) + "m";
        return builder
            .WithEnvironment("NEO4J_server_memory_heap_initial__size", heap)
            .WithEnvironment("NEO4J_server_memory_heap_max__size", heap)
            .WithEnvironment("NEO4J_server_memory_pagecache_size", pageCache);
    }

    /// <summary>Names the database that a new server creates and sessions use by default; without it that is <c>neo4j</c>.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="name">3 to 63 letters, digits, dots and dashes, the first a letter.</param>
    public static IResourceBuilder<Neo4jServerResource> WithInitialDatabase(this IResourceBuilder<Neo4jServerResource> builder, string name)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return builder.WithEnvironment("NEO4J_initial_dbms_default__database", name);
    }

    /// <summary>Lets Java collect garbage in parallel, which takes fewer processors than the collector that the image has chosen, with longer pauses.</summary>
    /// <param name="builder">The server.</param>
    public static IResourceBuilder<Neo4jServerResource> WithParallelCollector(this IResourceBuilder<Neo4jServerResource> builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        // Settings of the image are added to its own, and two collectors are an error to Java. What stands in this variable is read last.
        return builder.WithEnvironment("_JAVA_OPTIONS", "-XX:-UseG1GC -XX:+UseParallelGC");
    }

    /// <summary>Makes the resource healthy while the database behind its connection string answers.</summary>
    /// <typeparam name="T">How the server is run.</typeparam>
    /// <param name="builder">The server.</param>
    /// <param name="connect">
    /// Makes the driver from the Bolt address and the password of the user <c>neo4j</c>, which is null where sign-in is off. It is asked
    /// until it succeeds, and again when the address changes; by default it signs in with the driver's own settings.
    /// </param>
    public static IResourceBuilder<T> WithNeo4jHealthCheck<T>(
        this IResourceBuilder<T> builder, Func<Uri, string?, CancellationToken, Task<IDriver>>? connect = null)
        where T : INeo4jServer
    {
        ArgumentNullException.ThrowIfNull(builder);
        var server = builder.Resource;
        var key = $"{server.Name}_check";

        // A singleton keeps one driver for all checks; the container of the application disposes it.
        builder.ApplicationBuilder.Services.AddKeyedSingleton(key, (_, _) => new Neo4jHealthCheck(server, connect ?? ConnectAsync));
        builder.ApplicationBuilder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            key,
            services => services.GetRequiredKeyedService<Neo4jHealthCheck>(key),
            failureStatus: null,
            tags: null));
        return builder.WithHealthCheck(key);
    }

    /// <summary>Calls the link to an endpoint <c>Neo4j Browser</c> in the dashboard.</summary>
    /// <typeparam name="T">How the server is run.</typeparam>
    /// <param name="builder">The server.</param>
    /// <param name="endpointName">The name of the HTTP endpoint.</param>
    public static IResourceBuilder<T> WithNeo4jBrowserUrl<T>(this IResourceBuilder<T> builder, string endpointName = Neo4jServerResource.HttpEndpointName)
        where T : INeo4jServer, IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithUrlForEndpoint(endpointName, url => url.DisplayText = "Neo4j Browser");
    }

    private static Task<IDriver> ConnectAsync(Uri address, string? password, CancellationToken cancellationToken) => Task.FromResult(GraphDatabase.Driver(
        address,
        password is null ? AuthTokens.None : AuthTokens.Basic(Neo4jServerResource.UserName, password),
        config => config.WithMaxConnectionPoolSize(1)));
}
