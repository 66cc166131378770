using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using MovieFriends.Hosting.LocalServers;
using MovieFriends.Machine;
using Xunit;

namespace MovieFriends.UnitTests.Libraries;

/// <summary>The resources that local servers are in an application, and what their clients are told.</summary>
public sealed class LocalServersModelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_old_broker_comes_with_its_ZooKeeper_and_tells_clients_what_they_cannot_ask()
    {
        _folder.File($"{NpmServers.KafkaFolder}/libs/kafka_2.11-0.9.0.1.jar");
        var builder = Application(kafkaHome: "");
        var kafka = builder.AddLocalKafka("kafka");
        var client = builder.AddExecutable("client", "program", ".").WithReference(kafka);

        Assert.Equal("0.9.0.1", kafka.Resource.Version);
        Assert.False(kafka.Resource.CreatesTopicsOnRequest);
        Assert.False(kafka.Resource.CarriesHeaders);
        Assert.Single(builder.Resources.OfType<LocalZooKeeperResource>());
        Assert.Equal("0.9.0.1", (await EnvironmentOf(builder, client.Resource))["Aspire__Confluent__Kafka__Consumer__Config__BrokerVersionFallback"]);
    }

    [Fact]
    public void A_modern_broker_is_one_process_on_the_loopback_address()
    {
        _folder.File("kafka/libs/kafka_2.13-4.3.1.jar");
        var builder = Application(kafkaHome: Path.Combine(_folder.Path, "kafka"));
        var kafka = builder.AddLocalKafka("kafka", new LocalKafkaOptions { Port = 15_001 });

        Assert.Empty(builder.Resources.OfType<LocalZooKeeperResource>());
        var endpoint = kafka.Resource.Annotations.OfType<EndpointAnnotation>().Single();
        Assert.Equal((15_001, false), (endpoint.Port, endpoint.IsProxied));
        Assert.StartsWith("127.0.0.1:", kafka.Resource.ConnectionStringExpression.ValueExpression, StringComparison.Ordinal);
    }

    [Fact]
    public void A_local_database_is_a_Neo4j_server_like_one_in_a_container()
    {
        _folder.Jar("neo4j/lib/neo4j-kernel-5.26.25.jar");
        _folder.Jar("neo4j/lib/neo4j-5.26.25.jar", "org/neo4j/server/CommunityEntryPoint.class");
        var builder = Application(neo4jHome: Path.Combine(_folder.Path, "neo4j"));
        var graph = builder.AddLocalNeo4j("graph").Resource;

        Assert.Equal("5.26.25", graph.Version);
        Assert.True(graph.HasTransactionTimeout);
        Assert.Equal(
            "Endpoint=bolt://127.0.0.1:{graph.bindings.bolt.port};Username=neo4j;Password={graph-password.value}",
            Assert.IsType<INeo4jServer>(graph, exactMatch: false).ConnectionStringExpression.ValueExpression);
    }

    [Theory]
    [InlineData("#!/bin/sh\necho 27.0.1\n", true)]
    [InlineData("#!/bin/sh\nexit 1\n", false)]
    public void An_application_can_ask_whether_the_container_runtime_that_Aspire_uses_answers(string runtime, bool answers)
    {
        Assert.SkipUnless(!OperatingSystem.IsWindows(), "The runtime here is a shell script.");
        var file = _folder.File("runtime", runtime);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var builder = Application();
        builder.Configuration["ASPIRE_CONTAINER_RUNTIME"] = file;

        Assert.Equal(answers, builder.HasContainerRuntime());
    }

    [Fact]
    public void A_manifest_describes_containers_whatever_the_machine_has()
    {
        var builder = DistributedApplication.CreateBuilder(["--publisher", "manifest", "ASPIRE_CONTAINER_RUNTIME=/nowhere/docker"]);

        Assert.True(builder.HasContainerRuntime());
    }

    private IDistributedApplicationBuilder Application(string kafkaHome = "", string neo4jHome = "")
    {
        var builder = DistributedApplication.CreateBuilder(
            new DistributedApplicationOptions { Args = [$"{KafkaHome.Variable}={kafkaHome}", $"{Neo4jHome.Variable}={neo4jHome}"], DisableDashboard = true });
        builder.Services.AddSingleton(new LocalServerHost(new JavaRuntime("java", "21.0.4"), new LoopbackPorts(new Random(1)), _folder.Path, _folder.Path));
        return builder;
    }

    private static async Task<Dictionary<string, object>> EnvironmentOf(IDistributedApplicationBuilder builder, ExecutableResource resource)
    {
        ClientEnvironmentBuilderExtensions.Apply(builder.Resources);
        var environment = new Dictionary<string, object>();
        var context = new EnvironmentCallbackContext(builder.ExecutionContext, resource, environment, TestContext.Current.CancellationToken);
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
            await annotation.Callback(context);
        return environment;
    }
}
