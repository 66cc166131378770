using MovieFriends.UnitTests.Deployment;

namespace MovieFriends.ContainerTests.Published;

/// <summary>What is published runs: images of all services and servers, told nothing but what stands in the manifest or the Compose file.</summary>
[Trait(Suite.Trait, Suite.Containers)]
public sealed class PublishedSystemTests(ServiceImages images) : IClassFixture<ServiceImages>
{
    private const string Password = "correct-horse";
    private const string Users = "1000";
    private const string Rate = "500";
    private const long Some = 1_000;

    // What one consumer of two writes until the session of the other has run out, and a bit more.
    private const long WithoutOne = 5_000;

    private static readonly TimeSpan s_judged = TimeSpan.FromSeconds(240);

    [Fact]
    public async Task Images_expose_a_port_and_are_not_root()
    {
        var built = await images.RequireAsync();
        Assert.Equal(["consumer", "producer", "replayer", "seeder", "verifier"], built.Keys.Order(StringComparer.Ordinal));
        foreach (var (_, image) in built)
        {
            var config = image.GetProperty("config");
            Assert.Equal("1654", config.GetProperty("User").GetString());
            Assert.True(config.GetProperty("ExposedPorts").TryGetProperty("8080/tcp", out _));
        }
    }

    [Fact]
    public async Task What_the_manifest_says_is_enough_though_nothing_is_started_in_order()
    {
        await images.RequireAsync();
        await using var run = new TemporaryRun();
        var path = Path.Combine(run.Folder, "manifest.json");
        await Programs.PublishAsync("--output-path", path);
        var manifest = new AzdManifest(path).Answer("graph-password", Password).Answer("users", Users).Answer("rate", Rate);
        var containers = manifest.Deployed.Select(name => Container(manifest, name)).ToDictionary(container => container.Name);

        await using var system = new PublishedSystem(Password);
        await system.CreateAsync();
        foreach (var name in new[] { "consumer", "consumer", "producer", "kafka", "graph" })
            await system.StartAsync(containers[name]);

        // A job that failed is started again by its schedule.
        var (exitCode, output) = await system.RunToEndAsync(containers["seeder"]);
        for (var attempts = 1; exitCode != 0 && attempts < 5; attempts++)
            (exitCode, output) = await system.RunToEndAsync(containers["seeder"]);
        Assert.True(exitCode == 0, output);
        await SurvivesAsync(system, containers);
    }

    [Fact]
    public async Task What_the_Compose_file_says_is_enough()
    {
        await images.RequireAsync();
        await using var run = new TemporaryRun();
        var folder = Path.Combine(run.Folder, "compose");
        await Programs.PublishAsync($"--Compose:Folder={folder}");
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder, ".env")));
        var variables = new Dictionary<string, string> { ["USERS"] = Users, ["RATE"] = Rate, ["IMAGES"] = images.Name("")[..^"/:latest".Length] };
        var containers = ComposeReader.Read(folder, variables);
        var password = containers.Single(container => container.Name == "graph").Environment["NEO4J_AUTH"]["neo4j/".Length..];
        Assert.DoesNotContain(password, await File.ReadAllTextAsync(Path.Combine(folder, "docker-compose.yaml"), TestContext.Current.CancellationToken), StringComparison.Ordinal);

        await using var system = new PublishedSystem(password);
        await system.CreateAsync();
        await system.StartInOrderAsync(containers);
        await system.StartAsync(containers.Single(container => container.Name == "consumer"));
        await SurvivesAsync(system, containers.ToDictionary(container => container.Name));
    }

    // One of two consumers is killed for good, and when the other has taken over, the broker starts again with the data that it had.
    private static async Task SurvivesAsync(PublishedSystem system, Dictionary<string, PublishedContainer> containers)
    {
        var before = await system.MessagesAfterAsync(Some);
        await Engine.AskAsync("kill", system.Find("consumer"));
        var after = await system.MessagesAfterAsync(before + WithoutOne);
        await Engine.AskAsync("restart", system.Find("kafka"));
        await system.MessagesAfterAsync(after + Some);
        await Engine.AskAsync("stop", "--time", "50", system.Find("producer"));

        foreach (var job in new[] { "verifier", "replayer" })
        {
            // The consumer joins again when it has not heard of the broker for a session of 10 s, and the broker then waits as long for who it was before.
            var container = containers[job] with { Environment = new Dictionary<string, string>(containers[job].Environment) { ["Verifier__WaitSeconds"] = "180" } };
            var (exitCode, output) = await system.RunToEndAsync(container, s_judged);
            Assert.True(exitCode == 0, exitCode == 0 ? "" : $"{job} ended with {exitCode}: {output}\n{await system.LogsAsync()}");
        }
    }

    private PublishedContainer Container(AzdManifest manifest, string name)
    {
        var isServer = manifest.Type(name) == "container.v1";
        var volumes = isServer ? manifest.Json(name, "settings")["volumes"]!.AsArray() : [];
        return new(name, isServer ? manifest.Parameters(name).Single(parameter => parameter.Key == "image").Value : images.Name(name), manifest.Environment(name))
        {
            // Whatever the storage, it is new, and stays for as long as the container.
            Volumes = [.. volumes.Select(volume => volume!["path"]!.GetValue<string>())],
            Restart = manifest.Module(name).Contains("job", StringComparison.Ordinal) ? "no" : "always",
        };
    }
}
