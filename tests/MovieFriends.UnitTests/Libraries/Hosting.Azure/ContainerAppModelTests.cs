using System.Text.Json.Nodes;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MovieFriends.Extensions;
using MovieFriends.Hosting.Terminal;
using MovieFriends.UnitTests.Deployment;
using Xunit;

namespace MovieFriends.UnitTests.Libraries;

public sealed class ContainerAppModelTests : IDisposable
{
    private const string Config = "Aspire__Confluent__Kafka__Config__";

    private readonly TemporaryFolder _folder = new();
    private readonly IDistributedApplicationBuilder _builder;

    public ContainerAppModelTests()
    {
        _builder = Application("--publisher", "manifest", "--output-path", ManifestPath);
        _builder.Services.AddLogging(logging => logging.ClearProviders());
        _builder.AddContainerAppEnvironment("infra");
    }

    private string ManifestPath => Path.Combine(_folder.Path, "manifest.json");

    private static IDistributedApplicationBuilder Application(params string[] args) =>
        DistributedApplication.CreateBuilder(new DistributedApplicationOptions { Args = args, DisableDashboard = true });

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_container_that_says_nothing_is_an_app_of_one_replica()
    {
        _builder.AddContainer("cache", "redis", "8").WithEndpoint(targetPort: 6379, name: "tcp");
        var manifest = await PublishAsync();
        Assert.Equal(("container.v1", "app.bicep"), (manifest.Type("cache"), manifest.Module("cache")));
        AssertSettings("""{"cpu":"0.5","memory":"1Gi","minReplicas":"1","maxReplicas":"1","terminationGracePeriodSeconds":"30","ingress":{"external":false,"transport":"tcp","targetPort":"6379","additionalPorts":[]},"volumes":[]}""", manifest, "cache");
        Assert.Equal("redis:8", manifest.Parameters("cache").Single(parameter => parameter.Key == "image").Value);
    }

    [Fact]
    public async Task An_app_has_size_replicas_and_probe_and_the_last_word_counts()
    {
        _builder.AddContainer("web", "nginx").WithHttpEndpoint(targetPort: 80).WithEndpoint(targetPort: 9000, name: "other")
            .WithExternalHttpEndpoints()
            .PublishAsContainerAppJob()
            .PublishAsContainerApp(cpu: 1.5, memory: "3Gi", replicas: 2, probePath: "/alive", terminationGracePeriodSeconds: 90);
        AssertSettings(
            """{"cpu":"1.5","memory":"3Gi","minReplicas":"2","maxReplicas":"2","terminationGracePeriodSeconds":"90","ingress":{"external":true,"transport":"http","targetPort":"80","additionalPorts":["9000"],"probePath":"/alive"},"volumes":[]}""",
            await PublishAsync(),
            "web");
    }

    [Fact]
    public async Task A_job_starts_by_hand_or_by_the_clock()
    {
        _builder.AddContainer("once", "job").WithEntrypoint("run").WithArgs("--all", "it's").PublishAsContainerAppJob();
        _builder.AddContainer("nightly", "job").PublishAsScheduledContainerAppJob("0 3 * * *", timeout: TimeSpan.FromHours(2), retries: 1);
        var manifest = await PublishAsync();
        Assert.Equal("job.bicep", manifest.Module("once"));
        AssertSettings("""{"cpu":"0.5","memory":"1Gi","timeoutSeconds":"1800","retries":"0","command":["run"],"args":["--all","it's"]}""", manifest, "once");
        AssertSettings("""{"cpu":"0.5","memory":"1Gi","cron":"0 3 * * *","timeoutSeconds":"7200","retries":"1"}""", manifest, "nightly");
    }

    [Fact]
    public async Task A_volume_goes_with_the_replica_unless_it_has_a_share()
    {
        _builder.AddContainer("db", "db").WithVolume("data", "/data").WithVolume("logs", "/logs").WithAzureFileShare("/data", mountOptions: "uid=7");
        var manifest = await PublishAsync();
        Assert.Equal(
            """[{"name":"volume0","path":"/data","storageType":"AzureFile","share":"db-data","mountOptions":"uid=7"},{"name":"volume1","path":"/logs","storageType":"EmptyDir"}]""",
            manifest.Json("db", "settings")["volumes"]!.ToJsonString());
        Assert.Equal("db-data", $"{manifest["infra"]["params"]!["shares"]}");
    }

    [Fact]
    public async Task Connection_strings_and_what_has_a_secret_in_it_are_secrets()
    {
        var password = _builder.AddParameter("password", secret: true);
        var user = _builder.AddParameter("user", "known", publishValueAsDefault: true);
        _builder.AddContainer("app", "app")
            .WithReference(_builder.AddConnectionString("db"))
            .WithEnvironment("LOGIN", $"{user}:{password}")
            .WithEnvironment("NAME", $"hello {user}");
        var manifest = await PublishAsync();
        Assert.Equal(["ConnectionStrings__db", "LOGIN"], manifest.Json("app", "secrets").Select(variable => variable.Key).Order(StringComparer.Ordinal));
        Assert.Equal("known:<password>", $"{manifest.Json("app", "secrets")["LOGIN"]}");
        Assert.Equal("hello known", $"{manifest.Json("app", "env")["NAME"]}");
    }

    [Fact]
    public async Task What_is_not_in_the_manifest_is_not_deployed_and_modules_lie_beside_it()
    {
        _builder.AddContainer("here", "image");
        _builder.AddContainer("local", "image").ExcludeFromManifest();
        var manifest = await PublishAsync();
        Assert.Equal(["here"], manifest.Deployed);
        Assert.Equal(["app.bicep", "environment.bicep", "manifest.json"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_parameter_has_a_default_or_is_a_secret_and_is_there_once()
    {
        Assert.Same(_builder.AddDeploymentParameter("users", "7").Resource, _builder.AddDeploymentParameter("users", "7").Resource);
        _builder.AddDeploymentParameter("a-password");
        var manifest = await PublishAsync();
        Assert.Equal("7", $"{manifest["users"]["inputs"]!["value"]!["default"]!["value"]}");
        Assert.Equal("""{"type":"string","secret":true}""", manifest["a-password"]["inputs"]!["value"]!.ToJsonString());
    }

    [Fact]
    public async Task Replicas_follow_the_lag_of_a_consumer_group()
    {
        var kafka = _builder.AddConnectionString("kafka");
        WithLag(kafka).WithReference(kafka);
        var settings = (await PublishAsync()).Json("app", "settings");
        Assert.Equal("""{"connectionVariable":"ConnectionStrings__kafka","consumerGroup":"group","topic":"topic","lagThreshold":"500"}""", settings["kafkaLag"]!.ToJsonString());
        Assert.Equal(("1", "6"), ($"{settings["minReplicas"]}", $"{settings["maxReplicas"]}"));
    }

    [Fact]
    public void Where_the_application_runs_on_this_machine_nothing_is_added()
    {
        var builder = Application();
        builder.AddContainerAppEnvironment("infra");
        Assert.Empty(builder.Resources);
    }

    [Fact]
    public void What_Azure_would_refuse_is_refused_when_the_model_is_built()
    {
        var container = _builder.AddContainer("app", "image");
        AssertRefused("app: memory '3Gi' does not go with 1 processors of a container app: it must be 2Gi.", () => container.PublishAsContainerApp(cpu: 1, memory: "3Gi"));
        AssertRefused("app: replicas = 0: must be 1 to 1000.", () => container.PublishAsContainerApp(replicas: 0));
        AssertRefused("app: a termination grace period of seconds = 601: must be 1 to 600.", () => container.PublishAsContainerApp(terminationGracePeriodSeconds: 601));
        AssertRefused("app: '@hourly' is no schedule of a job: it has five fields, for example */10 * * * *.", () => container.PublishAsScheduledContainerAppJob("@hourly"));
        AssertRefused("app: a time-out of seconds = 0: must be 1 to 604800.", () => container.PublishAsContainerAppJob(timeout: TimeSpan.Zero));
        AssertRefused("a-b: azd cannot have a dash in the name of a parameter with a default.", () => _builder.AddDeploymentParameter("a-b", "1"));
        AssertRefused("app: there is no volume at '/data' for a file share. Add it with WithVolume before.", () => container.WithAzureFileShare("/data"));

        static void AssertRefused(string message, Action statement) => Assert.Equal(message, Assert.Throws<ConfigurationException>(statement).Message);
    }

    public static TheoryData<Action<IResourceBuilder<ContainerResource>>, string> Unpublishable() => new()
    {
        { container => container.WithEndpoint(targetPort: 1, name: "raw", isExternal: true), "app: the internet cannot reach its endpoint 'raw' in Azure Container Apps, because it does not speak HTTP." },
        { container => container.WithEndpoint(targetPort: 1, name: "raw").PublishAsContainerApp(probePath: "/alive"), "app: no path '/alive' can be probed, because its main endpoint does not speak HTTP." },
        { container => container.WithBindMount("/etc", "/settings"), "app: '/settings' is a folder of this machine, which Azure Container Apps does not see. Use a volume." },
        { container => container.WithVolume("data", "/data").PublishAsContainerAppJob(), "app: it has a volume, and a job in Azure Container Apps has none here. Publish it as an app." },
        { container => container.WithArgs(context => context.Args.Add(new ParameterResource("p", _ => "", secret: true))), "app: an argument of its command line is a secret. Use an environment variable." },
    };

    [Theory]
    [MemberData(nameof(Unpublishable))]
    public async Task What_Azure_cannot_have_is_refused_when_the_model_is_complete(Action<IResourceBuilder<ContainerResource>> model, string message)
    {
        model(_builder.AddContainer("app", "image"));
        await AssertRefusedAsync(message);
    }

    [Fact]
    public async Task Nobody_finds_the_lag_without_the_address_of_the_broker()
    {
        WithLag(_builder.AddConnectionString("kafka"));
        await AssertRefusedAsync("app: ConnectionStrings__kafka is missing, by which the lag in Kafka is found. Add WithReference to the broker.");
    }

    [Theory]
    [InlineData(null, $"app: {Config}SaslPassword is missing: who counts the messages in Kafka signs in as the app does.")]
    [InlineData("hunter2", $"app: {Config}SaslPassword is in clear, and must be a secret parameter: who counts the messages in Kafka takes it from the secrets of the app.")]
    public async Task Nobody_reads_the_lag_without_a_sign_in_that_is_secret(string? password, string message)
    {
        var kafka = _builder.AddConnectionString("kafka");
        var (protocol, user) = (_builder.AddDeploymentParameter("protocol", "SaslSsl"), _builder.AddDeploymentParameter("user"));
        var app = WithLag(kafka).WithReference(kafka);

        // As late as other libraries complete a model.
        _builder.Eventing.Subscribe<BeforeStartEvent>((_, _) =>
        {
            app.WithEnvironment($"{Config}SecurityProtocol", protocol).WithEnvironment($"{Config}SaslUsername", user);
            if (password is not null)
                app.WithEnvironment($"{Config}SaslPassword", password);
            return Task.CompletedTask;
        });
        await AssertRefusedAsync(message);
    }

    private IResourceBuilder<ContainerResource> WithLag(IResourceBuilder<IResourceWithConnectionString> kafka) =>
        _builder.AddContainer("app", "app").WithKafkaLagScaling(kafka, "group", "topic", _builder.AddParameter("most", "6", publishValueAsDefault: true), lagThreshold: 500);

    private async Task AssertRefusedAsync(string message)
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(PublishAsync);
        Assert.Equal(message, StartRefusal.Find(failure)?.Message);
    }

    private async Task<AzdManifest> PublishAsync()
    {
        using var application = _builder.Build();
        await application.RunAsync(TestContext.Current.CancellationToken);
        return new AzdManifest(ManifestPath);
    }

    private static void AssertSettings(string expected, AzdManifest manifest, string name) =>
        Assert.Equal(JsonNode.Parse(expected)!.ToJsonString(), manifest.Json(name, "settings").ToJsonString());
}
