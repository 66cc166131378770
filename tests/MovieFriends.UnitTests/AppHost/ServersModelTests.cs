using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using MovieFriends.AppHost.Servers;
using MovieFriends.Extensions;
using Xunit;

namespace MovieFriends.UnitTests.AppHost;

public sealed class ServersModelTests
{
    private static IDistributedApplicationBuilder Application(params string[] args) =>
        DistributedApplication.CreateBuilder(new DistributedApplicationOptions { Args = args, DisableDashboard = true });

    [Theory]
    [InlineData("ConnectionStrings:kafka", "ConnectionStrings:graph=bolt://db:7687")]
    [InlineData("ConnectionStrings:graph", "ConnectionStrings:kafka=broker:9092")]
    public void A_missing_connection_string_is_refused_by_its_key(string missing, string present)
    {
        var refusal = Assert.Throws<ConfigurationException>(() => Application("Servers=External", present).ChooseServers());
        Assert.StartsWith($"{missing} is missing", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_mode_is_refused_with_key_value_and_what_is_allowed()
    {
        var refusal = Assert.Throws<ConfigurationException>(() => Application("Servers=Docker").ChooseServers());
        Assert.Equal("Servers = 'Docker': must be one of Auto, Containers, Local, External.", refusal.Message);
    }

    [Fact]
    public async Task A_section_of_the_AppHost_reaches_a_service_as_environment_variables()
    {
        var builder = Application("Producer:Mode=Load", "Producer:Source:Path=a.csv", "Consumer:MaxBatchSize=7");
        var service = builder.AddExecutable("service", "program", ".").WithConfiguration("Producer");
        Assert.Equal(
            new Dictionary<string, object> { ["Producer__Mode"] = "Load", ["Producer__Source__Path"] = "a.csv" },
            await EnvironmentOf(builder, service.Resource));
    }

    [Fact]
    public async Task A_client_of_Kafka_is_told_what_the_broker_needs_and_the_AppHost_has_the_last_word()
    {
        var builder = Application("ConnectionStrings:kafka=broker:9092", "Topics:Headers=true", "Aspire:Confluent:Kafka:Producer:Config:LingerMs=7");
        var kafka = builder.AddConnectionString("kafka").WithClientEnvironment("Topics__Headers", "false").WithClientEnvironment("Topics__Create", "false");
        kafka.WithClientConfiguration("Topics", "Aspire:Confluent:Kafka");
        var client = builder.AddExecutable("client", "program", ".").WithReference(kafka).WithEnvironment("Topics__Create", "true");
        var other = builder.AddExecutable("other", "program", ".");

        ClientEnvironmentBuilderExtensions.Apply(builder.Resources);

        var environment = await EnvironmentOf(builder, client.Resource);
        Assert.Contains("ConnectionStrings__kafka", environment.Keys);
        Assert.Equal("true", environment["Topics__Headers"]);
        Assert.Equal("true", environment["Topics__Create"]);
        Assert.Equal("7", environment["Aspire__Confluent__Kafka__Producer__Config__LingerMs"]);
        Assert.Empty(await EnvironmentOf(builder, other.Resource));
    }

    [Theory]
    [InlineData("Aspire:Confluent:Kafka:Config:SaslPassword", "kafka-config-saslpassword")]
    [InlineData("Aspire:Confluent:Kafka:Producer:Config:SslKeyPem", "kafka-producer-config-sslkeypem")]
    [InlineData("Aspire:Confluent:Kafka:Consumer:Config:SaslOauthbearerClientSecret", "kafka-consumer-config-sasloauthbearerclientsecret")]
    public async Task A_password_reaches_services_by_way_of_one_secret_parameter(string key, string parameter)
    {
        var builder = Application($"{key}=known");
        string[] services = ["first", "second"];
        foreach (var name in services)
        {
            var service = builder.AddExecutable(name, "program", ".").WithConfiguration("Aspire:Confluent:Kafka");
            var value = Assert.IsType<ParameterResource>((await EnvironmentOf(builder, service.Resource)).Values.Single());
            Assert.Equal((parameter, true), (value.Name, value.Secret));
            Assert.Equal("known", await value.GetValueAsync(TestContext.Current.CancellationToken));
        }

        Assert.Single(builder.Resources.OfType<ParameterResource>());
    }

    private static async Task<Dictionary<string, object>> EnvironmentOf(IDistributedApplicationBuilder builder, ExecutableResource resource)
    {
        var environment = new Dictionary<string, object>();
        var context = new EnvironmentCallbackContext(builder.ExecutionContext, resource, environment, TestContext.Current.CancellationToken);
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            await annotation.Callback(context);
        }

        return environment;
    }
}
