using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Neo4j.Driver;

namespace MovieFriends.ContainerTests;

/// <summary>What the hosting integration asks of the image, seen at the server.</summary>
[Trait(Suite.Trait, Suite.Containers)]
public sealed class Neo4jResourceTests
{
    private const string Password = "correct-horse";

    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(180);

    // A plug-in is downloaded or copied by the official image alone: here it is only seen to be asked for one.
    [Fact]
    public async Task A_new_server_has_the_database_that_is_named_keeps_it_in_the_folder_and_is_asked_for_plug_ins()
    {
        await Engine.RequireAsync();
        await using var run = new TemporaryRun();
        var data = Directory.CreateDirectory(Path.Combine(run.Folder, "data")).FullName;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(s_timeout);
        try
        {
            await using (var app = Build(data, out var graph))
            {
                await app.StartAsync(limit.Token);
                await app.ResourceNotifications.WaitForResourceHealthyAsync(graph.Name, limit.Token);

                Assert.Equal([("films", true), ("system", false)], await DatabasesAsync(graph, limit.Token));
                Assert.Contains("NEO4J_PLUGINS=[\"apoc\"]", await EnvironmentAsync(Assert.Single(await Engine.ContainersOfAsync(data))));
                await app.StopAsync(limit.Token);
            }

            Assert.Empty(await Engine.ContainersOfAsync(data));
            Assert.Equal(["films", "system"], Directory.GetDirectories(Path.Combine(data, "databases")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        }
        finally
        {
            await Engine.EmptyAsync(data);
        }
    }

    private static DistributedApplication Build(string data, out Neo4jServerResource graph)
    {
        // The orchestrator comes with the AppHost's packages, and its assembly says where they are.
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            AssemblyName = "MovieFriends.AppHost",
            Args = ["--DcpPublisher:WaitForResourceCleanup=true"],
            DisableDashboard = true,
            TrustDeveloperCertificate = false,
        });

        // It would write every check of a server that is still starting as an error.
        builder.Services.AddLogging(logging => logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None));
        graph = builder.AddNeo4j("graph", builder.AddParameter("password", Password, secret: true))
            .WithMemory(heapMegabytes: 512, pageCacheMegabytes: 64)
            .WithInitialDatabase("films")
            .WithDataBindMount(data)
            .WithPlugins("apoc")
            .Resource;
        return builder.Build();
    }

    private static async Task<IEnumerable<(string Name, bool IsDefault)>> DatabasesAsync(Neo4jServerResource graph, CancellationToken cancellationToken)
    {
        var address = await graph.UriExpression.GetValueAsync(cancellationToken);
        await using var driver = GraphDatabase.Driver(new Uri(address!), AuthTokens.Basic(Neo4jServerResource.UserName, Password));
        await using var session = driver.AsyncSession(options => options.WithDatabase("system"));
        var cursor = await session.RunAsync("SHOW DATABASES YIELD name, default ORDER BY name");
        return (await cursor.ToListAsync(cancellationToken)).Select(record => (record["name"].As<string>(), record["default"].As<bool>()));
    }

    private static async Task<string[]> EnvironmentAsync(string container) =>
        (await Engine.AskAsync("inspect", container, "--format", "{{range .Config.Env}}{{println .}}{{end}}")).Split('\n');
}
