using Xunit;
using YamlDotNet.Serialization;

namespace MovieFriends.UnitTests.Deployment;

/// <summary>What this application is for Docker Compose. That it runs is shown with containers.</summary>
public sealed class ComposeTests(PublishedAppHost appHost)
{
    private const string ConsumerClient = "Aspire__Confluent__Kafka__Config__";

    [Fact]
    public async Task Servers_elsewhere_are_variables_without_a_value_which_Compose_refuses()
    {
        var folder = await appHost.ComposeAsync("compose-external", [new("Servers", "External"), new("ConnectionStrings__kafka", "hunter2:9092"), new($"{ConsumerClient}SaslPassword", "hunter2")]);
        var variables = await File.ReadAllLinesAsync(Path.Combine(folder, ".env"), TestContext.Current.CancellationToken);
        Assert.Equal(
            ["IMAGES=moviefriends", "TAG=latest", "GRAPH=", "KAFKA=", "KAFKAMECHANISM=Plain", "KAFKAPROTOCOL=SaslSsl", "KAFKA_PASSWORD=", "KAFKA_USER=", "PARTITIONS=4", "RATE=50", "USERS=100000"],
            variables.Where(line => !line.StartsWith('#')));

        var services = await ServicesAsync(folder);
        Assert.Equal(["consumer", "producer", "replayer", "seeder", "verifier"], services.Keys.Order(StringComparer.Ordinal));
        foreach (var name in new[] { "consumer", "producer", "replayer", "verifier" })
        {
            var environment = Environment(services, name);
            Assert.Equal(
                ("${KAFKA:?}", "${KAFKAPROTOCOL:?}", "${KAFKAMECHANISM:?}", "${KAFKA_USER:?}", "${KAFKA_PASSWORD:?}"),
                (environment["ConnectionStrings__kafka"], environment[$"{ConsumerClient}SecurityProtocol"], environment[$"{ConsumerClient}SaslMechanism"], environment[$"{ConsumerClient}SaslUsername"], environment[$"{ConsumerClient}SaslPassword"]));
        }
    }

    [Fact]
    public async Task Services_are_told_what_the_manifest_tells_them()
    {
        var manifest = await appHost.ManifestAsync("Containers");
        var services = await ServicesAsync(await appHost.ComposeAsync("compose-containers", []));
        Assert.All(manifest.Deployed, name => Assert.Equal(manifest.Environment(name).Keys.Order(StringComparer.Ordinal), Environment(services, name).Keys.Order(StringComparer.Ordinal)));
    }

    private static async Task<Dictionary<string, Dictionary<string, object>>> ServicesAsync(string folder) => new DeserializerBuilder().Build()
        .Deserialize<Dictionary<string, Dictionary<string, Dictionary<string, object>>>>(await File.ReadAllTextAsync(Path.Combine(folder, "docker-compose.yaml"), TestContext.Current.CancellationToken))["services"];

    private static Dictionary<string, string> Environment(Dictionary<string, Dictionary<string, object>> services, string name) =>
        ((Dictionary<object, object>)services[name]["environment"]).ToDictionary(variable => (string)variable.Key, variable => (string)variable.Value);
}
