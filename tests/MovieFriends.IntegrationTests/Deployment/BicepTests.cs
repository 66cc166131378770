using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MovieFriends.IntegrationTests.Infrastructure;
using MovieFriends.UnitTests;
using MovieFriends.UnitTests.Deployment;
using Xunit;

namespace MovieFriends.IntegrationTests.Deployment;

/// <summary>What is handed to Azure compiles without a warning, from the texts that azd makes of the manifest.</summary>
[Trait(Suite.Trait, Suite.Slow)]
public sealed partial class BicepTests(PublishedAppHost appHost) : IDisposable
{
    private static readonly string s_modules = Path.Combine(Repository.Root, "libraries", "MovieFriends.Hosting.Azure", "Bicep");

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Shapes => PublishedAppHost.Shapes;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("environment.bicep")]
    [InlineData("app.bicep")]
    [InlineData("job.bicep")]
    public async Task A_module_has_nothing_to_object_to(string module)
    {
        BicepCompiler.SkipWithout();
        await BicepCompiler.RunAsync("lint", Path.Combine(s_modules, module));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Azure_gets_each_app_and_job_as_the_manifest_has_it(string shape)
    {
        BicepCompiler.SkipWithout();
        var manifest = await appHost.ManifestAsync(shape);
        var resources = (await PredictAsync(manifest)).ToDictionary(resource => $"{resource!["name"]}", resource => resource!);
        Assert.Equal(manifest.Deployed.Order(StringComparer.Ordinal), resources.Keys.Order(StringComparer.Ordinal));
        foreach (var name in manifest.Deployed)
        {
            var resource = resources[name];
            Assert.Equal((name, manifest.Module(name) == "job.bicep" ? "Microsoft.App/jobs" : "Microsoft.App/containerApps"), ($"{resource["name"]}", $"{resource["type"]}"));

            var secrets = resource["properties"]!["configuration"]!["secrets"]!.AsArray().ToDictionary(secret => $"{secret!["name"]}", secret => $"{secret!["value"]}");
            var environment = Container(resource)["env"]!.AsArray().ToDictionary(
                variable => $"{variable!["name"]}", variable => variable!["secretRef"] is { } secret ? secrets[$"{secret}"] : $"{variable["value"]}");
            Assert.Equal(manifest.Environment(name), environment);
        }
    }

    [Fact]
    public async Task Azure_gets_servers_of_one_replica_each_with_its_own_kind_of_volume()
    {
        BicepCompiler.SkipWithout();
        var manifest = await appHost.ManifestAsync("Containers");
        var (kafka, graph) = (await PredictAsync(manifest, "kafka"), await PredictAsync(manifest, "graph"));
        foreach (var (server, port) in new[] { (kafka, 9092), (graph, 7687) })
        {
            AssertJson("""{"minReplicas":1,"maxReplicas":1,"rules":[]}""", server["properties"]!["template"]!["scale"]);
            AssertJson("""{"cpu":1,"memory":"2Gi"}""", Container(server)["resources"]);
            var ingress = server["properties"]!["configuration"]!["ingress"]!;
            Assert.Equal((port, port, "tcp", false), ((int)ingress["targetPort"]!, (int)ingress["exposedPort"]!, $"{ingress["transport"]}", (bool)ingress["external"]!));
            Assert.All(Container(server)["probes"]!.AsArray(), probe => Assert.Equal(port, (int)probe!["tcpSocket"]!["port"]!));
        }

        AssertJson("""[{"name":"volume0","storageType":"EmptyDir"}]""", kafka["properties"]!["template"]!["volumes"]);
        AssertJson(
            """[{"name":"volume0","storageType":"AzureFile","storageName":"graph-data","mountOptions":"uid=7474,gid=7474,file_mode=0660,dir_mode=0770"}]""",
            graph["properties"]!["template"]!["volumes"]);
    }

    [Fact]
    public async Task Azure_keeps_the_graph_with_its_replica_if_whoever_deploys_says_so()
    {
        BicepCompiler.SkipWithout();
        var manifest = new AzdManifest((await appHost.ManifestAsync("Containers")).Path).Answer("graphstorage", "EmptyDir");
        AssertJson("""[{"name":"volume0","storageType":"EmptyDir"}]""", (await PredictAsync(manifest, "graph"))["properties"]!["template"]!["volumes"]);
    }

    [Theory]
    [InlineData("SaslSsl", "Plain", "plaintext", "enable", "username", "password")]
    [InlineData("SaslPlaintext", "ScramSha512", "scram_sha512", "disable", "username", "password")]
    [InlineData("Ssl", "Plain", "none", "enable")]
    public async Task Azure_counts_messages_with_the_sign_in_of_the_consumer(string protocol, string mechanism, string sasl, string tls, params string[] secrets)
    {
        BicepCompiler.SkipWithout();
        var manifest = new AzdManifest((await appHost.ManifestAsync("External")).Path)
            .Answer("kafka", "broker:9093").Answer("kafkaprotocol", protocol).Answer("kafkamechanism", mechanism).Answer("partitions", "6");
        var consumer = await PredictAsync(manifest, "consumer");
        var scale = consumer["properties"]!["template"]!["scale"]!;
        Assert.Equal((1, 6), ((int)scale["minReplicas"]!, (int)scale["maxReplicas"]!));
        var rule = Assert.Single(scale["rules"]!.AsArray())!["custom"]!;
        Assert.Equal("kafka", $"{rule["type"]}");
        AssertJson(
            $$"""{"bootstrapServers":"broker:9093","consumerGroup":"moviefriends","topic":"charges","lagThreshold":"10000","sasl":"{{sasl}}","tls":"{{tls}}"}""",
            rule["metadata"]);

        // KEDA refuses what stands in the metadata and here at once.
        Assert.Equal(secrets, rule["auth"]!.AsArray().Select(auth => $"{auth!["triggerParameter"]}"));
        var known = consumer["properties"]!["configuration"]!["secrets"]!.AsArray().Select(secret => $"{secret!["name"]}").ToHashSet();
        Assert.All(rule["auth"]!.AsArray(), auth => Assert.Contains($"{auth!["secretRef"]}", known));
        Assert.All(Container(consumer)["probes"]!.AsArray(), probe => Assert.Equal(("/alive", 8080), ($"{probe!["httpGet"]!["path"]}", (int)probe["httpGet"]!["port"]!)));
    }

    [Theory]
    [InlineData("graph-data", new[] { "graph-data" })]
    [InlineData("a-data,b-data", new[] { "a-data", "b-data" })]
    [InlineData("", new string[0])]
    public async Task Azure_gets_the_shares_that_apps_mount_and_storage_only_for_them(string shares, string[] mounts)
    {
        BicepCompiler.SkipWithout();
        var resources = await BicepCompiler.PredictAsync(Parameters("environment.bicep", "environment", [new("shares", $"'{shares}'"), new("userPrincipalId", $"'{Guid.Empty}'")]));
        ILookup<string, string> names = resources.ToLookup(resource => $"{resource!["type"]}", resource => $"{resource!["name"]}".Split('/')[^1]);
        Assert.Equal(mounts, names["Microsoft.App/managedEnvironments/storages"].Order(StringComparer.Ordinal));
        Assert.Equal(mounts, names["Microsoft.Storage/storageAccounts/fileServices/shares"].Order(StringComparer.Ordinal));
        Assert.Equal(mounts.Length > 0 ? 1 : 0, names["Microsoft.Storage/storageAccounts"].Count());
        Assert.Equal(["aspire-dashboard"], names["Microsoft.App/managedEnvironments/dotNetComponents"]);
        Assert.Equal(2, names["Microsoft.Authorization/roleAssignments"].Count());
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task A_whole_deployment_compiles(string shape)
    {
        BicepCompiler.SkipWithout();
        var manifest = await appHost.ManifestAsync(shape);
        var main = new StringBuilder(
            """
            targetScope = 'subscription'

            param environmentName string
            param location string
            param principalId string = ''

            """);
        foreach (var name in manifest.Names.Where(name => manifest.Type(name) == "parameter.v0"))
        {
            var input = manifest[name]["inputs"]!["value"]!;
            if (input["secret"] is not null)
                main.AppendLine("@secure()");
            var value = input["default"]?["value"] is { } given ? $" = '{given}'" : "";
            main.AppendLine(null, $"param {AzdManifest.Identifier(name)} string{value}");
        }

        main.AppendLine(
            """

            resource rg 'Microsoft.Resources/resourceGroups@2022-09-01' = {
              name: 'rg-${environmentName}'
              location: location
              tags: { 'azd-env-name': environmentName }
            }

            """);
        AppendModule("infra", manifest["infra"]["path"]!.GetValue<string>(), manifest["infra"]["params"]!.AsObject()
            .Select(parameter => KeyValuePair.Create(parameter.Key, parameter.Key == "userPrincipalId" ? "principalId" : $"'{parameter.Value}'")));
        foreach (var name in manifest.Deployed)
            AppendModule(name, manifest.Module(name), manifest.BicepParameters(name, manifest.Symbol));

        // azd takes these from the outputs of the module, and cannot deploy without them.
        main.AppendLine("output AZURE_CONTAINER_REGISTRY_ENDPOINT string = infra.outputs.AZURE_CONTAINER_REGISTRY_ENDPOINT");
        main.AppendLine("output AZURE_CONTAINER_APPS_ENVIRONMENT_DEFAULT_DOMAIN string = infra.outputs.AZURE_CONTAINER_APPS_ENVIRONMENT_DEFAULT_DOMAIN");
        await BicepCompiler.RunAsync("build", _folder.File("main.bicep", main.ToString()), "--outfile", Path.Combine(_folder.Path, "main.json"));

        void AppendModule(string name, string path, IEnumerable<KeyValuePair<string, string>> parameters)
        {
            main.AppendLine(null, $"module {AzdManifest.Identifier(name)} '{Path.GetRelativePath(_folder.Path, Path.Combine(manifest.Folder, path))}' = {{");
            main.AppendLine(null, $"  name: '{name}'").AppendLine("  scope: rg").AppendLine("  params: {").AppendLine("    location: location");
            foreach (var (parameter, value) in parameters)
                main.AppendLine(null, $"    {parameter}: {SoleExpression().Replace(value, "$1")}");
            main.AppendLine("  }").AppendLine("}").AppendLine();
        }
    }

    // All apps and jobs in one: each run of the compiler takes seconds.
    private Task<JsonArray> PredictAsync(AzdManifest manifest)
    {
        var main = new StringBuilder();
        foreach (var name in manifest.Deployed)
        {
            var module = manifest.Module(name);
            Module(module, name);
            main.AppendLine(null, $"module {AzdManifest.Identifier(name)} '{name}/{module}' = {{").AppendLine(null, $"  name: '{name}'").AppendLine("  params: {");
            foreach (var (parameter, value) in manifest.BicepParameters(name, manifest.Value))
                main.AppendLine(null, $"    {parameter}: {value}");
            main.AppendLine("  }").AppendLine("}");
        }

        _folder.File("main.bicep", main.ToString());
        return BicepCompiler.PredictAsync(_folder.File("main.bicepparam", "using './main.bicep'\n"));
    }

    private async Task<JsonNode> PredictAsync(AzdManifest manifest, string name) => Assert.Single(
        await BicepCompiler.PredictAsync(Parameters(manifest.Module(name), name, manifest.BicepParameters(name, manifest.Value))))!;

    // As azd does it: module and parameters in a folder. The compiler does not work out what is secure.
    private string Parameters(string module, string name, IEnumerable<KeyValuePair<string, string>> parameters)
    {
        Module(module, name);
        return _folder.File(Path.Combine(name, "main.bicepparam"), $"using './{module}'\n{string.Join('\n', parameters.Select(parameter => $"param {parameter.Key} = {parameter.Value}"))}\n");
    }

    private void Module(string module, string name) => _folder.File(
        Path.Combine(name, module),
        File.ReadAllText(Path.Combine(s_modules, module)).Replace("@secure()", "#disable-next-line secure-secrets-in-params", StringComparison.Ordinal));

    private static JsonNode Container(JsonNode resource) => Assert.Single(resource["properties"]!["template"]!["containers"]!.AsArray())!;

    private static void AssertJson(string expected, JsonNode? actual) => Assert.Equal(JsonNode.Parse(expected)!.ToJsonString(), actual?.ToJsonString());

    // The linter asks for an expression that is the whole string without the string.
    [GeneratedRegex(@"^'\$\{([^{}]+)\}'$")]
    private static partial Regex SoleExpression();
}
