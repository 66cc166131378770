using System.Text.Json.Nodes;
using Xunit;

namespace MovieFriends.UnitTests.Deployment;

/// <summary>What azd asks of a manifest, and what this application needs to run in Azure Container Apps.</summary>
public sealed class ManifestTests(PublishedAppHost appHost)
{
    private const string Containers = "Containers";
    private const string External = "External";
    private const string ConsumerClient = "Aspire__Confluent__Kafka__Config__";

    // Of those that azd takes, the ones with which the application and not azd makes what apps run in.
    private static readonly HashSet<string> s_types = ["project.v1", "container.v1", "parameter.v0", "azure.bicep.v0"];

    public static TheoryData<string> Shapes => PublishedAppHost.Shapes;

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Every_resource_is_of_a_type_that_azd_takes(string shape)
    {
        var manifest = await appHost.ManifestAsync(shape);
        Assert.All(manifest.Names, name => Assert.Contains(manifest.Type(name), s_types));
        string[] services = ["consumer", "producer", "replayer", "seeder", "verifier"];
        Assert.Equal(shape == Containers ? [.. services, "graph", "kafka"] : services, manifest.Deployed.Order(StringComparer.Ordinal).OrderBy(name => !services.Contains(name)));
        Assert.Equal("", manifest["infra"]["params"]!["userPrincipalId"]!.GetValue<string>());
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Every_expression_resolves(string shape)
    {
        var manifest = await appHost.ManifestAsync(shape);
        foreach (var name in manifest.Names)
        {
            foreach (var (_, value) in manifest[name]["env"]?.AsObject() ?? [])
                AzdManifest.Expand(value!.GetValue<string>(), manifest.Value);
            if (manifest[name]["connectionString"] is { } connectionString)
                AzdManifest.Expand(connectionString.GetValue<string>(), manifest.Value);
        }

        foreach (var name in manifest.Deployed)
            Assert.NotEmpty(manifest.BicepParameters(name, manifest.Value).ToArray());
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Registry_and_domain_reach_azd(string shape)
    {
        var manifest = await appHost.ManifestAsync(shape);
        string[] values = [.. manifest.Deployed.SelectMany(manifest.Parameters).Select(parameter => parameter.Value)];
        Assert.Contains("{infra.outputs.AZURE_CONTAINER_REGISTRY_ENDPOINT}", values);
        Assert.Contains("{infra.outputs.AZURE_CONTAINER_APPS_ENVIRONMENT_DEFAULT_DOMAIN}", values);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task No_endpoint_asks_for_what_an_ingress_cannot_have(string shape)
    {
        var manifest = await appHost.ManifestAsync(shape);
        foreach (var name in manifest.Deployed)
        {
            JsonNode[] bindings = [.. (manifest[name]["bindings"]?.AsObject() ?? []).Select(binding => binding.Value!)];

            // A port of its own: the ingress stays at the target port, and clients would be told another.
            Assert.All(bindings, binding => Assert.Null(binding["port"]));
            Assert.All(bindings, binding => Assert.Null(binding["external"]));
            Assert.All(bindings.Where(binding => binding["scheme"]!.GetValue<string>() is not "http"), binding => Assert.NotNull(binding["targetPort"]));
            Assert.True(bindings.Length <= 6, name);
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task A_parameter_with_a_default_has_no_dash_and_no_secret(string shape)
    {
        var manifest = await appHost.ManifestAsync(shape);
        var parameters = manifest.Names.Where(name => manifest.Type(name) == "parameter.v0").ToDictionary(name => name, name => manifest[name]["inputs"]!["value"]!);
        Assert.All(parameters.Where(parameter => parameter.Value["default"]?["value"] is not null), parameter =>
        {
            Assert.DoesNotContain('-', parameter.Key);
            Assert.Null(parameter.Value["secret"]);
        });
        Assert.All(parameters.Where(parameter => parameter.Value["default"]?["value"] is null), parameter => Assert.True(parameter.Value["secret"]!.GetValue<bool>(), parameter.Key));
        Assert.Equal(("100000", "50", "4"), (Default("users"), Default("rate"), Default("partitions")));

        string Default(string name) => parameters[name]["default"]!["value"]!.GetValue<string>();
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Secrets_stand_where_secrets_are_kept(string shape)
    {
        var manifest = await appHost.ManifestAsync(shape);
        string[] secrets = [.. manifest.Names.Where(name => manifest.Type(name) == "parameter.v0" && manifest[name]["inputs"]!["value"]!["secret"] is not null)];
        Assert.NotEmpty(secrets);
        foreach (var name in manifest.Deployed)
        {
            Assert.All(manifest.BicepParameters(name, manifest.Value).Where(parameter => parameter.Key is not "secrets"), parameter =>
                Assert.All(secrets, secret => Assert.DoesNotContain($"<{secret}>", parameter.Value, StringComparison.Ordinal)));
            Assert.Null(manifest[name]["args"]);
        }
    }

    [Fact]
    public async Task Servers_are_reached_by_their_names()
    {
        var manifest = await appHost.ManifestAsync(Containers);
        Assert.Equal("kafka:9092", manifest.ConnectionString("kafka"));
        Assert.Equal("Endpoint=bolt://graph:7687;Username=neo4j;Password=<graph-password>", manifest.ConnectionString("graph"));
        Assert.Equal(("tcp", "9092", """["9093"]"""), Ingress("kafka"));
        Assert.Equal(("tcp", "7687", "[]"), Ingress("graph"));
        Assert.Equal(("http", "8080", "[]"), Ingress("consumer"));

        (string, string, string) Ingress(string name) => manifest.Json(name, "settings")["ingress"] is { } ingress
            ? ($"{ingress["transport"]}", $"{ingress["targetPort"]}", ingress["additionalPorts"]!.ToJsonString())
            : default;
    }

    [Fact]
    public async Task The_broker_tells_clients_the_address_that_they_have_already()
    {
        var manifest = await appHost.ManifestAsync(Containers);
        Assert.Equal(
            "PLAINTEXT://localhost:29092,PLAINTEXT_HOST://kafka:9092,PLAINTEXT_INTERNAL://kafka:9093",
            manifest.Environment("kafka")["KAFKA_ADVERTISED_LISTENERS"]);
    }

    [Fact]
    public async Task Each_server_is_one_replica_and_its_memory_holds_its_heap()
    {
        var manifest = await appHost.ManifestAsync(Containers);
        foreach (var name in new[] { "kafka", "graph" })
        {
            var settings = manifest.Json(name, "settings");
            Assert.Equal(("1", "1", "1", "2Gi", "60"), ($"{settings["minReplicas"]}", $"{settings["maxReplicas"]}", $"{settings["cpu"]}", $"{settings["memory"]}", $"{settings["terminationGracePeriodSeconds"]}"));
        }

        Assert.Equal("-Xms512m -Xmx512m", manifest.Environment("kafka")["KAFKA_HEAP_OPTS"]);
        Assert.Equal("1024m", manifest.Environment("graph")["NEO4J_server_memory_heap_max__size"]);
        Assert.Equal("4", manifest.Environment("kafka")["KAFKA_NUM_PARTITIONS"]);
    }

    [Theory]
    [InlineData(null, "AzureFile")]
    [InlineData("EmptyDir", "EmptyDir")]
    public async Task The_graph_is_kept_in_a_share_unless_whoever_deploys_says_otherwise(string? answer, string storageType)
    {
        var manifest = new AzdManifest((await appHost.ManifestAsync(Containers)).Path);
        if (answer is not null)
            manifest.Answer("graphstorage", answer);
        var graph = Assert.Single(manifest.Json("graph", "settings")["volumes"]!.AsArray())!;
        Assert.Equal(("/data", storageType, "graph-data"), ($"{graph["path"]}", $"{graph["storageType"]}", $"{graph["share"]}"));
        Assert.StartsWith("uid=7474,gid=7474", $"{graph["mountOptions"]}", StringComparison.Ordinal);
        Assert.DoesNotContain("nobrl", $"{graph["mountOptions"]}", StringComparison.Ordinal);
        Assert.Equal("graph-data", $"{manifest["infra"]["params"]!["shares"]}");

        var kafka = Assert.Single(manifest.Json("kafka", "settings")["volumes"]!.AsArray())!;
        Assert.Equal(("EmptyDir", "/var/lib/kafka/data"), ($"{kafka["storageType"]}", $"{kafka["path"]}"));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task What_ends_is_a_job_and_what_does_not_is_probed(string shape)
    {
        var manifest = await appHost.ManifestAsync(shape);
        Assert.Equal(["replayer", "seeder", "verifier"], manifest.Deployed.Where(name => manifest.Module(name) == "job.bicep").Order(StringComparer.Ordinal));
        Assert.Equal("*/10 * * * *", $"{manifest.Json("seeder", "settings")["cron"]}");
        Assert.True(int.Parse($"{manifest.Json("seeder", "settings")["timeoutSeconds"]}", null) < 600);
        Assert.All(["replayer", "verifier"], name => Assert.Null(manifest.Json(name, "settings")["cron"]));
        Assert.All(["consumer", "producer"], name => Assert.Equal(
            ("/alive", "60"), ($"{manifest.Json(name, "settings")["ingress"]!["probePath"]}", $"{manifest.Json(name, "settings")["terminationGracePeriodSeconds"]}")));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Services_are_told_what_the_order_of_start_tells_them_elsewhere(string shape)
    {
        var manifest = new AzdManifest((await appHost.ManifestAsync(shape)).Path).Answer("users", "7").Answer("partitions", "3").Answer("rate", "2");
        Assert.Equal("true", manifest.Environment("consumer")["Consumer__WaitForUsers"]);
        Assert.Equal(shape == Containers ? "StartOver" : null, manifest.Environment("consumer").GetValueOrDefault("Consumer__OnNewTopic"));
        Assert.Equal(("7", "7"), (manifest.Environment("seeder")["Seeder__Users"], manifest.Environment("producer")["Producer__Users"]));
        Assert.Equal(("2", "Live"), (manifest.Environment("producer")["Producer__Rate"], manifest.Environment("producer")["Producer__Mode"]));
        Assert.All(["consumer", "producer", "replayer", "verifier"], name => Assert.Equal("3", manifest.Environment(name)["Topics__Partitions"]));
        Assert.All(["consumer", "producer"], name => Assert.Equal("8080", manifest.Environment(name)["HTTP_PORTS"]));
    }

    [Fact]
    public async Task Servers_elsewhere_are_asked_for_with_sign_in()
    {
        var manifest = await appHost.ManifestAsync(External);
        Assert.Equal(["graph", "kafka", "kafka-password", "kafka-user"], manifest.Names.Where(name => manifest[name]["inputs"]?["value"]!["secret"] is not null).Order(StringComparer.Ordinal));
        foreach (var name in new[] { "consumer", "producer", "replayer", "verifier" })
        {
            var environment = manifest.Environment(name);
            Assert.Equal("<kafka>", environment["ConnectionStrings__kafka"]);
            Assert.Equal(
                ("SaslSsl", "Plain", "<kafka-user>", "<kafka-password>"),
                (environment[$"{ConsumerClient}SecurityProtocol"], environment[$"{ConsumerClient}SaslMechanism"], environment[$"{ConsumerClient}SaslUsername"], environment[$"{ConsumerClient}SaslPassword"]));
        }

        Assert.Equal("<graph>", manifest.Environment("seeder")["ConnectionStrings__graph"]);
        Assert.Null(manifest["infra"]["params"]!["shares"]);
    }

    [Fact]
    public async Task With_a_broker_elsewhere_consumers_are_as_many_as_messages_wait_for()
    {
        var manifest = await appHost.ManifestAsync(External);
        var settings = manifest.Json("consumer", "settings");
        Assert.Equal(("1", "4"), ($"{settings["minReplicas"]}", $"{settings["maxReplicas"]}"));
        Assert.Equal(
            """{"connectionVariable":"ConnectionStrings__kafka","consumerGroup":"moviefriends","topic":"charges","lagThreshold":"10000"}""",
            settings["kafkaLag"]!.ToJsonString());
        Assert.All(["ConnectionStrings__kafka", $"{ConsumerClient}SaslUsername", $"{ConsumerClient}SaslPassword"], name => Assert.True(manifest.Json("consumer", "secrets").ContainsKey(name), name));
        Assert.Null((await appHost.ManifestAsync(Containers)).Json("consumer", "settings")["kafkaLag"]);
    }
}
