using System.Globalization;

namespace MovieFriends.AppHost.Neo4j;

internal static class Neo4jBuilderExtensions
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
            .WithEndpoint(port: boltPort, targetPort: BoltPort, scheme: "bolt", name: Neo4jServerResource.BoltEndpointName)
            .WithHttpEndpoint(port: httpPort, targetPort: HttpPort, name: Neo4jServerResource.HttpEndpointName)
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
    public static IResourceBuilder<Neo4jServerResource> WithDataBindMount(this IResourceBuilder<Neo4jServerResource> builder, string source)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(source);
        return builder.WithBindMount(source, DataFolder);
    }

    /// <summary>Lets Java collect garbage in parallel, which takes fewer processors than the collector that the image has chosen, with longer pauses.</summary>
    public static IResourceBuilder<Neo4jServerResource> WithParallelCollector(this IResourceBuilder<Neo4jServerResource> builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        // Settings of the image are added to its own, and two collectors are an error to Java. What stands in this variable is read last.
        return builder.WithEnvironment("_JAVA_OPTIONS", "-XX:-UseG1GC -XX:+UseParallelGC");
    }

    /// <summary>Fixes the server's memory; without it Neo4j takes a share of the machine's.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="heapMegabytes">The Java heap, in MiB.</param>
    /// <param name="pageCacheMegabytes">The cache for the store's files, in MiB.</param>
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
}
