using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MovieFriends.IntegrationTests.Infrastructure;
using MovieFriends.UnitTests;
using Neo4j.Driver;
using Xunit;

namespace MovieFriends.IntegrationTests;

/// <summary>The packages as others get them: made here, used by applications that know nothing of this repository.</summary>
[Trait(Suite.Trait, Suite.Slow)]
[Collection(PackageSuite.Name)]
public sealed partial class PackageTests(RunningServers servers, PackedLibraries packed)
{
    private const string Reader =
        """
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Hosting;
        using MovieFriends.Neo4j;
        using Neo4j.Driver;

        var builder = Host.CreateApplicationBuilder(args);
        builder.AddNeo4jDriver("graph");
        using var host = builder.Build();
        await using var session = host.Services.GetRequiredService<IDriver>().AsyncSession();
        var query = new GraphQuery("MATCH Person", "MATCH (p:Person) RETURN p.name AS name");
        var people = await query.ListAsync(session, new Dictionary<string, object?>(), host.Services.GetRequiredService<Neo4jTelemetry>());
        Console.WriteLine($"read {people.Count}: {people[0]["name"].As<string>()}");
        """;

    // Without a constraint: a message that is written twice is two nodes.
    private const string Stream =
        """"
        using Microsoft.Extensions.Hosting;

        var builder = Host.CreateApplicationBuilder(args);
        builder.AddKafkaToNeo4j<Order>("kafka", "graph", topic: builder.Configuration["Topic"]!, cypher: """
            UNWIND $rows AS r
            CREATE (:Order {id: r.id, total: r.total})
            """);
        builder.Build().Run();

        public sealed record Order(long Id, double Total);
        """";

    // Only what the machine can run is run: a container needs an engine, which a manifest does not.
    private const string AppHost =
        """
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { Args = args, DisableDashboard = true, TrustDeveloperCertificate = false });
        builder.AddLocalKafka("broker").WithDefaultPartitions(3).WithExplicitStart();
        var graph = builder.AddLocalNeo4j("graph");
        if (builder.ExecutionContext.IsPublishMode)
            builder.AddNeo4j("people").WithPlugins("apoc", "graph-data-science").WithInitialDatabase("films").WithDataBindMount("data");

        await using var app = builder.Build();
        if (builder.ExecutionContext.IsPublishMode)
        {
            await app.RunAsync();
            return;
        }

        await app.StartAsync();
        await app.ResourceNotifications.WaitForResourceHealthyAsync("graph");
        Console.WriteLine($"healthy: {await graph.Resource.UriExpression.GetValueAsync(default)}");
        await app.StopAsync();
        """;

    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_application_outside_of_the_repository_reads_the_graph_with_the_packages()
    {
        await using var scenario = await Scenario.StartAsync(servers, users: 0, Cancellation);
        await scenario.QueryAsync("CREATE (:Person {name: 'Keanu'})");

        const string library = PackedLibraries.Client;
        Assert.Superset(
            new HashSet<string> { "README.md", "ConfigurationSchema.json", $"buildTransitive/{library}.targets", $"lib/net10.0/{library}.dll", $"lib/net10.0/{library}.xml" },
            packed.Files(library));
        var application = await ScratchApplication.BuildAsync(packed, "reader", Project("Microsoft.NET.Sdk", (library, packed.Version(library))), Reader, Cancellation);
        Assert.Contains("read 1: Keanu", await application.RunAsync(scenario.Environment, Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_AppHost_outside_of_the_repository_describes_a_container_and_runs_a_local_server_with_the_packages()
    {
        Assert.Superset(
            new HashSet<string> { "README.md", $"lib/net10.0/{PackedLibraries.LocalServers}.dll", "lib/net10.0/MovieFriends.Machine.dll" },
            packed.Files(PackedLibraries.LocalServers));
        var application = await ScratchApplication.BuildAsync(
            packed,
            "apphost",
            Project(
                AppHostSdk,
                ("Aspire.Hosting.AppHost", AspireVersion),
                (PackedLibraries.Containers, packed.Version(PackedLibraries.Containers)),
                (PackedLibraries.LocalServers, packed.Version(PackedLibraries.LocalServers))),
            AppHost,
            Cancellation);

        await application.RunAsync([], Cancellation, "--publisher", "manifest", "--output-path", "manifest.json");
        AssertManifest(application.Read("manifest.json"));

        var printed = await application.RunAsync([], Cancellation, "--DcpPublisher:WaitForResourceCleanup=true");
        await AssertNobodyListensAsync(new Uri(HealthyAddress().Match(printed).Groups[1].Value));
    }

    [Fact]
    public async Task An_application_outside_of_the_repository_streams_its_own_events_each_once_though_it_is_killed_in_the_middle()
    {
        const int Orders = 200_000;
        await using var scenario = await Scenario.StartAsync(servers, users: 0, Cancellation);
        using (var topics = new TopicProbe(servers))
            await topics.CreateAsync(scenario.Topic, partitions: 4);
        var application = await ScratchApplication.BuildAsync(
            packed, "stream", Project("Microsoft.NET.Sdk", (PackedLibraries.Streams, packed.Version(PackedLibraries.Streams))), Stream, Cancellation);
        foreach (var ids in Enumerable.Range(1, Orders).Chunk(20_000))
            await scenario.ProduceAsync(ids.Select(id => $$"""{"id":{{id}},"total":{{id}}.5}"""));

        // The second one waits until the session of the first, which could not leave, is over.
        var environment = scenario.Environment.Append(KeyValuePair.Create("Topic", scenario.Topic)).ToArray();
        using (var first = application.Start(environment))
        {
            await OrdersReachAsync(scenario, 20_000);
            first.Kill();
            await first.WaitForExitAsync(Cancellation);
        }

        Assert.InRange(await OrdersAsync(scenario, "count(o)"), 20_000, Orders - 1);
        using var second = application.Start(environment);
        try
        {
            await OrdersReachAsync(scenario, Orders);
            Assert.Equal((Orders, Orders), (await OrdersAsync(scenario, "count(o)"), await OrdersAsync(scenario, "count(DISTINCT o.id)")));
        }
        finally
        {
            second.Kill();
            await second.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static Task OrdersReachAsync(Scenario scenario, long count) => Wait.UntilAsync(
        $"the graph has {count} orders", s_timeout, async () => await OrdersAsync(scenario, "count(o)") >= count, Cancellation);

    private static async Task<long> OrdersAsync(Scenario scenario, string what) =>
        (await scenario.QueryAsync($"MATCH (o:Order) RETURN {what} AS found"))[0]["found"].As<long>();

    private static void AssertManifest(string text)
    {
        using var manifest = JsonDocument.Parse(text);
        var resources = manifest.RootElement.GetProperty("resources");
        var people = resources.GetProperty("people");

        Assert.Equal(("container.v0", "docker.io/library/neo4j:5.26-community"), (Text(people, "type"), Text(people, "image")));
        Assert.Equal(
            "Endpoint=bolt://{people.bindings.bolt.host}:{people.bindings.bolt.port};Username=neo4j;Password={people-password.value}",
            Text(people, "connectionString"));
        Assert.Equal(("data", "/data"), (Text(people.GetProperty("bindMounts")[0], "source"), Text(people.GetProperty("bindMounts")[0], "target")));
        var environment = people.GetProperty("env");
        Assert.Equal("""["apoc","graph-data-science"]""", Text(environment, "NEO4J_PLUGINS"));
        Assert.Equal("films", Text(environment, "NEO4J_initial_dbms_default__database"));
        Assert.Equal(
            (7687, 7474), (people.GetProperty("bindings").GetProperty("bolt").GetProperty("targetPort").GetInt32(), people.GetProperty("bindings").GetProperty("http").GetProperty("targetPort").GetInt32()));

        // Processes of this machine are for this machine alone.
        Assert.False(resources.TryGetProperty("broker", out _) || resources.TryGetProperty("graph", out _));

        static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
    }

    private static async Task AssertNobodyListensAsync(Uri address)
    {
        using var client = new TcpClient();
        await Assert.ThrowsAsync<SocketException>(async () => await client.ConnectAsync(address.Host, address.Port, Cancellation));
    }

    /// <summary>The SDK with its version, as this repository's AppHost has it.</summary>
    private static string AppHostSdk => Load("MovieFriends.AppHost", "MovieFriends.AppHost.csproj").Root!.Attribute("Sdk")!.Value;

    private static string AspireVersion => Load("Directory.Packages.props").Descendants("AspireVersion").Single().Value;

    private static XDocument Load(params string[] path) => XDocument.Load(Path.Combine([Repository.Root, .. path]));

    private static string Project(string sdk, params (string Name, string Version)[] packages) =>
        $"""
        <Project Sdk="{sdk}">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <Nullable>enable</Nullable>
            <NuGetAudit>false</NuGetAudit>
            <NoWarn>$(NoWarn);ASPIRE010</NoWarn>
          </PropertyGroup>
          <ItemGroup>
            {string.Concat(packages.Select(package => $"""<PackageReference Include="{package.Name}" Version="{package.Version}" />"""))}
          </ItemGroup>
        </Project>
        """;

    [GeneratedRegex(@"healthy: (\S+)")]
    private static partial Regex HealthyAddress();
}
