using System.Text.Json;
using System.Xml.Linq;
using Xunit;

namespace MovieFriends.UnitTests.Deployment;

/// <summary>Who writes a manifest has settings of his own, which are not those of whoever deploys it.</summary>
public sealed class PublisherSettingsTests(PublishedAppHost appHost)
{
    public static TheoryData<string> Shapes => PublishedAppHost.Shapes;

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Nothing_of_the_machine_that_writes_it_is_in_it(string shape)
    {
        var expected = await appHost.ManifestAsync(shape);
        var other = await appHost.PublishAsync(shape.ToLowerInvariant() + "2", [
            new("Servers", shape),
            new("KAFKA_HOME", "/nowhere/kafka"),
            new("NEO4J_HOME", "/nowhere/neo4j"),
            new("Consumer__MaxBatchSize", "7"),
            new("Producer__Rate", "7"),
            new("Seeder__Users", "7"),
            new("Topics__Partitions", "7"),
            new("Topics__Charges", "other"),
            new("Containers__Volumes", "other"),
            new("Parameters__users", "7"),
            new("Parameters__graph-password", "hunter2"),
            new("ConnectionStrings__kafka", "hunter2:9092"),
            new("Aspire__Confluent__Kafka__Config__SaslPassword", "hunter2"),
            new("Aspire__Confluent__Kafka__Config__SslCaLocation", "/nowhere/ca.pem"),
            new("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:4317"),
        ]);
        Assert.Equal(await File.ReadAllTextAsync(expected.Path, TestContext.Current.CancellationToken), await File.ReadAllTextAsync(other.Path, TestContext.Current.CancellationToken));
        Assert.Equal(["app.bicep", "environment.bicep", "job.bicep", "manifest.json"], Directory.GetFiles(other.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Nothing_of_the_users_secrets_is_in_it(string shape)
    {
        // The shape is in the secrets alone: so the manifest with servers elsewhere shows that they were read.
        var secrets = JsonSerializer.Serialize(new Dictionary<string, string>
        {
            ["Servers"] = shape,
            ["Consumer:MaxBatchSize"] = "7",
            ["Topics:Charges"] = "other",
            ["Parameters:users"] = "7",
            ["Parameters:graph-password"] = "hunter2",
            ["Parameters:kafka-password"] = "hunter2",
            ["ConnectionStrings:kafka"] = "hunter2:9092",
            ["ConnectionStrings:graph"] = "Endpoint=bolt://hunter2:7687;Username=neo4j;Password=hunter2",
            ["Aspire:Confluent:Kafka:Config:SaslPassword"] = "hunter2",
            ["Aspire:Neo4j:Driver:TrustedCertificates"] = "/nowhere/ca.pem",
        });
        var folder = appHost.Folder(shape.ToLowerInvariant() + "-secrets");
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "Microsoft", "UserSecrets", UserSecretsId)).FullName, "secrets.json");
        await File.WriteAllTextAsync(path, secrets, TestContext.Current.CancellationToken);

        var expected = await appHost.ManifestAsync(shape);
        var other = await appHost.PublishAsync(shape.ToLowerInvariant() + "3", [new("APPDATA", folder)]);
        Assert.Equal(await File.ReadAllTextAsync(expected.Path, TestContext.Current.CancellationToken), await File.ReadAllTextAsync(other.Path, TestContext.Current.CancellationToken));
        Assert.Equal(secrets, await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("Servers", "Elsewhere", "Servers = 'Elsewhere': must be one of Auto, Containers, Local, External.")]
    [InlineData("Producer__Source", "-", "Producer:Source = '-': must be Generator or a file's path, because services have no standard input here. A producer that is started by hand reads it.")]
    public async Task A_setting_that_is_not_allowed_ends_the_publishing_with_one_line(string variable, string value, string message)
    {
        var (exitCode, said) = await appHost.RefuseAsync(variable, [new(variable, value)]);
        Assert.Equal((2, message), (exitCode, said.Trim()));
    }

    private static string UserSecretsId =>
        XDocument.Load(Path.Combine(Repository.Root, "MovieFriends.AppHost", "MovieFriends.AppHost.csproj")).Descendants("UserSecretsId").Single().Value;
}
