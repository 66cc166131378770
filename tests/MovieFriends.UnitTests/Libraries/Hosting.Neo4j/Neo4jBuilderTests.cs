using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Xunit;

namespace MovieFriends.UnitTests.Libraries;

public sealed class Neo4jBuilderTests
{
    private readonly IDistributedApplicationBuilder _builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { Args = ["Parameters:secret=known"], DisableDashboard = true });

    [Fact]
    public void A_server_is_the_long_term_support_line_with_a_health_check()
    {
        var graph = _builder.AddNeo4j("graph").Resource;

        var image = graph.Annotations.OfType<ContainerImageAnnotation>().Single();
        Assert.Equal("docker.io/library/neo4j:5.26-community", $"{image.Registry}/{image.Image}:{image.Tag}");
        Assert.Single(graph.Annotations.OfType<HealthCheckAnnotation>());
    }

    [Fact]
    public void The_connection_string_names_endpoint_user_and_password()
    {
        var graph = _builder.AddNeo4j("graph", _builder.AddParameter("secret", secret: true)).Resource;

        Assert.Equal(
            "Endpoint=bolt://{graph.bindings.bolt.host}:{graph.bindings.bolt.port};Username=neo4j;Password={secret.value}",
            graph.ConnectionStringExpression.ValueExpression);
    }

    [Fact]
    public void Ports_of_the_machine_can_be_chosen()
    {
        var graph = _builder.AddNeo4j("graph", boltPort: 7001, httpPort: 7002).Resource;

        Assert.Equal(
            [("bolt", 7001, 7687), ("http", 7002, 7474)],
            graph.Annotations.OfType<EndpointAnnotation>().Select(endpoint => (endpoint.Name, endpoint.Port!.Value, endpoint.TargetPort!.Value)));
    }

    [Fact]
    public async Task Settings_are_variables_of_the_image()
    {
        var graph = _builder.AddNeo4j("graph", _builder.AddParameter("secret", secret: true))
            .WithMemory(heapMegabytes: 1024, pageCacheMegabytes: 512)
            .WithPlugins("apoc", "graph-data-science")
            .WithInitialDatabase("people")
            .Resource;

        var environment = new Dictionary<string, object>();
        var context = new EnvironmentCallbackContext(_builder.ExecutionContext, graph, environment, TestContext.Current.CancellationToken);
        foreach (var annotation in graph.Annotations.OfType<EnvironmentCallbackAnnotation>())
            await annotation.Callback(context);

        Assert.Equal("neo4j/{secret.value}", Assert.IsType<ReferenceExpression>(environment["NEO4J_AUTH"]).ValueExpression);
        Assert.Equal(("1024m", "1024m", "512m"), (environment["NEO4J_server_memory_heap_initial__size"], environment["NEO4J_server_memory_heap_max__size"], environment["NEO4J_server_memory_pagecache_size"]));
        Assert.Equal("""["apoc","graph-data-science"]""", environment["NEO4J_PLUGINS"]);
        Assert.Equal("people", environment["NEO4J_initial_dbms_default__database"]);
    }

    [Fact]
    public void Data_is_kept_in_a_volume_or_a_folder()
    {
        var volume = _builder.AddNeo4j("first").WithDataVolume("people").Resource.Annotations.OfType<ContainerMountAnnotation>().Single();
        var folder = _builder.AddNeo4j("second").WithDataBindMount("/people").Resource.Annotations.OfType<ContainerMountAnnotation>().Single();

        Assert.Equal((ContainerMountType.Volume, "people", "/data"), (volume.Type, volume.Source, volume.Target));
        Assert.Equal((ContainerMountType.BindMount, "/data"), (folder.Type, folder.Target));
    }
}
