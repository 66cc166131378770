using MovieFriends.IntegrationTests.Infrastructure;
using Xunit;

namespace MovieFriends.IntegrationTests;

/// <summary>The packages as others get them: made here, used by an application that knows nothing of this repository.</summary>
[Trait(Suite.Trait, Suite.Slow)]
public sealed class PackageTests(RunningServers servers)
{
    private const string Library = "MovieFriends.Neo4j";

    private const string Program =
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

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_application_outside_of_the_repository_reads_the_graph_with_the_packages()
    {
        await using var scenario = await Scenario.StartAsync(servers, users: 0, Cancellation);
        await scenario.QueryAsync("CREATE (:Person {name: 'Keanu'})");
        using var packages = await PackedLibrary.PackAsync(Library, Cancellation);

        Assert.Superset(
            new HashSet<string> { "README.md", "ConfigurationSchema.json", $"buildTransitive/{Library}.targets", $"lib/net10.0/{Library}.dll", $"lib/net10.0/{Library}.xml" },
            packages.Files());
        var application = await ScratchApplication.BuildAsync(packages, Program, Cancellation);
        Assert.Contains("read 1: Keanu", await application.RunAsync(scenario.Environment, Cancellation), StringComparison.Ordinal);
    }
}
