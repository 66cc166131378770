using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Kafka.Tests;

/// <summary>What a broker is made of in the application model, value by value.</summary>
public sealed class BrokerModelTests
{
    private const int PortOfTheMachine = 32_771;

    private static readonly string[] s_publish = ["--operation", "publish", "--step", "publish-manifest"];

    private static IDistributedApplicationBuilder Application(params string[] args) =>
        DistributedApplication.CreateBuilder(new DistributedApplicationOptions { Args = args, DisableDashboard = true });

    [Fact]
    public void The_image_is_that_of_the_official_package()
    {
        var image = Assert.Single(Application().AddKafka("kafka").Resource.Annotations.OfType<ContainerImageAnnotation>());
        Assert.Equal(("docker.io", "confluentinc/confluent-local", "8.2.0"), (image.Registry, image.Image, image.Tag));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(6000)]
    public void One_endpoint_is_for_the_machine_and_one_for_other_containers(int? port)
    {
        var endpoints = Application().AddKafka("kafka", port).Resource.Annotations.OfType<EndpointAnnotation>().ToDictionary(endpoint => endpoint.Name);
        Assert.Equal(["internal", "tcp"], endpoints.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((9092, port), (endpoints["tcp"].TargetPort, endpoints["tcp"].Port));
        Assert.Equal((9093, null), (endpoints["internal"].TargetPort, endpoints["internal"].Port));
        Assert.All(endpoints.Values, endpoint => Assert.Equal(("tcp", "tcp", false), (endpoint.UriScheme, endpoint.Transport, endpoint.IsExternal)));
    }

    [Fact]
    public void Endpoints_are_seen_from_their_own_networks_whoever_asks()
    {
        var kafka = Application().AddKafka("kafka").Resource;
        Assert.Equal(KnownNetworkIdentifiers.LocalhostNetwork, kafka.PrimaryEndpoint.ContextNetworkID);
        Assert.Equal(KnownNetworkIdentifiers.DefaultAspireContainerNetwork, kafka.InternalEndpoint.ContextNetworkID);
    }

    [Fact]
    public async Task A_running_broker_advertises_the_port_of_the_machine()
    {
        var builder = Application();
        var kafka = builder.AddKafka("kafka").WithEndpoint("tcp", endpoint => endpoint.AllocatedEndpoint = new(endpoint, "localhost", PortOfTheMachine));
        var environment = await EnvironmentOf(builder, kafka.Resource);
        Assert.Equal(
            "PLAINTEXT://localhost:29092,CONTROLLER://localhost:29093,PLAINTEXT_HOST://0.0.0.0:9092,PLAINTEXT_INTERNAL://0.0.0.0:9093",
            environment["KAFKA_LISTENERS"]);
        Assert.Equal(
            "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,PLAINTEXT_HOST:PLAINTEXT,PLAINTEXT_INTERNAL:PLAINTEXT",
            environment["KAFKA_LISTENER_SECURITY_PROTOCOL_MAP"]);

        // The broker itself asks, in its container, where its own port would be another.
        var advertised = Assert.IsType<ReferenceExpression>(environment["KAFKA_ADVERTISED_LISTENERS"]);
        var asked = new ValueProviderContext { Caller = kafka.Resource };
        Assert.Equal(
            $"PLAINTEXT://localhost:29092,PLAINTEXT_HOST://localhost:{PortOfTheMachine},PLAINTEXT_INTERNAL://kafka:9093",
            await advertised.GetValueAsync(asked, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_published_broker_advertises_its_endpoints_own_host_and_port()
    {
        var builder = Application(s_publish);
        Assert.True(builder.ExecutionContext.IsPublishMode);
        var environment = await EnvironmentOf(builder, builder.AddKafka("kafka").Resource);
        Assert.Equal(
            "PLAINTEXT://{kafka.bindings.tcp.host}:29092,PLAINTEXT_HOST://{kafka.bindings.tcp.host}:{kafka.bindings.tcp.port},"
                + "PLAINTEXT_INTERNAL://{kafka.bindings.internal.host}:{kafka.bindings.internal.port}",
            Assert.IsType<ReferenceExpression>(environment["KAFKA_ADVERTISED_LISTENERS"]).ValueExpression);
    }

    [Fact]
    public async Task Clients_get_host_and_port_of_the_machine()
    {
        var kafka = Application().AddKafka("kafka").WithEndpoint("tcp", endpoint => endpoint.AllocatedEndpoint = new(endpoint, "localhost", PortOfTheMachine)).Resource;
        Assert.Equal("{kafka.bindings.tcp.host}:{kafka.bindings.tcp.port}", kafka.ConnectionStringExpression.ValueExpression);
        Assert.Equal($"localhost:{PortOfTheMachine}", await kafka.ConnectionStringExpression.GetValueAsync(TestContext.Current.CancellationToken));
        Assert.Equal(
            [("Host", "{kafka.bindings.tcp.host}"), ("Port", "{kafka.bindings.tcp.port}")],
            ((IResourceWithConnectionString)kafka).GetConnectionProperties().Select(property => (property.Key, property.Value.ValueExpression)));
    }

    [Fact]
    public async Task Data_is_kept_in_a_volume_or_in_a_folder()
    {
        var builder = Application();
        var volume = builder.AddKafka("first").WithDataVolume("data").Resource;
        var folder = builder.AddKafka("second").WithDataBindMount("/srv/kafka", isReadOnly: true).Resource;
        Assert.Equal(("data", ContainerMountType.Volume, false), Mount(volume));
        Assert.Equal(("/srv/kafka", ContainerMountType.BindMount, true), Mount(folder));
        foreach (var kafka in (KafkaServerResource[])[volume, folder])
            Assert.Equal("/var/lib/kafka/data", (await EnvironmentOf(builder, kafka))["KAFKA_LOG_DIRS"]);

        static (string?, ContainerMountType, bool) Mount(IResource kafka)
        {
            var mount = Assert.Single(kafka.Annotations.OfType<ContainerMountAnnotation>());
            Assert.Equal("/var/lib/kafka/data", mount.Target);
            return (mount.Source, mount.Type, mount.IsReadOnly);
        }
    }

    [Fact]
    public void A_broker_has_a_check_of_its_own()
    {
        var builder = Application();
        Assert.Equal(["first_check", "second_check"], ((string[])["first", "second"]).Select(name =>
            Assert.Single(builder.AddKafka(name).Resource.Annotations.OfType<HealthCheckAnnotation>()).Key));
    }

    private static async Task<Dictionary<string, object>> EnvironmentOf(IDistributedApplicationBuilder builder, KafkaServerResource kafka)
    {
        var environment = new Dictionary<string, object>();
        var context = new EnvironmentCallbackContext(builder.ExecutionContext, kafka, environment, TestContext.Current.CancellationToken);
        foreach (var annotation in kafka.Annotations.OfType<EnvironmentCallbackAnnotation>())
            await annotation.Callback(context);
        return environment;
    }
}
