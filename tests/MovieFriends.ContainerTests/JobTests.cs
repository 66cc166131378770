using System.Globalization;
using System.Text.Json;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using MovieFriends.Machine;
using Neo4j.Driver;

namespace MovieFriends.ContainerTests;

/// <summary>The whole job on servers in containers, and what is in these.</summary>
[Trait(Suite.Trait, Suite.Containers)]
public sealed class JobTests
{
    private const long Users = 2_000;
    private const long Messages = 8_000;

    private static readonly string[] s_job = [$"--Seeder:Users={Users}", $"--Producer:Users={Users}", $"--Producer:Messages={Messages}"];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_job_finds_graph_topic_and_password_though_the_database_was_killed()
    {
        await Engine.RequireAsync();
        await using var run = new TemporaryRun();
        string password;
        await using (var first = new AppHostProcess(run.Folder, run.Volumes, [.. s_job, "--Demo:KeepRunning=true", "--demo"]))
        {
            await first.LineAsync("Still running, until Ctrl-C", Cancelled);
            AssertComplete(first.Figures(), topic: Messages, skipped: false);
            AssertOrder(first.Lines);
            await AssertGraphAsync(first, run);
            await AssertBrokerAsync(first, run);
            password = first.Connection("graph");

            var graph = Assert.Single(await Engine.ContainersOfAsync(run.GraphVolume));
            await Engine.AskAsync("kill", graph);
            await first.LineAsync("graph: Exited", Cancelled);
            await first.StopAsync();
        }

        Assert.Empty(await Engine.ContainersOfAsync(run.GraphVolume));
        Assert.Empty(await Engine.ContainersOfAsync(run.KafkaVolume));
        await using var second = new AppHostProcess(run.Folder, run.Volumes, [.. s_job, "--demo"]);
        await second.LineAsync("graph: Healthy", Cancelled);
        Assert.Equal(Secret(password), Secret(second.Connection("graph")));
        Assert.Equal(0, await second.EndAsync());
        AssertComplete(second.Figures(), topic: 2 * Messages, skipped: true);
        Assert.Empty(await Engine.ContainersOfAsync(run.GraphVolume));
        Assert.Equal([run.KafkaVolume, run.GraphVolume], ((string[])[run.KafkaVolume, run.GraphVolume]).Intersect(await Engine.VolumesAsync()));
    }

    private static void AssertComplete(JsonElement figures, long topic, bool skipped)
    {
        Assert.Equal("Containers", figures.GetProperty("servers").GetProperty("mode").GetString());
        Assert.Equal((Users, Messages), (figures.GetProperty("users").GetInt64(), figures.GetProperty("messages").GetInt64()));
        Assert.Equal(skipped, figures.GetProperty("seeder").GetProperty("skipped").GetBoolean());
        Assert.Equal(topic, figures.GetProperty("producer").GetProperty("offsets").EnumerateArray().Sum(partition => partition.GetProperty("latest").GetInt64()));
        Assert.Equal((0, 0), (figures.GetProperty("verifier").GetProperty("missing").GetInt64(), figures.GetProperty("verifier").GetProperty("unexpected").GetInt64()));
    }

    // Nothing begins before what it waits for is healthy.
    private static void AssertOrder(IReadOnlyList<string> lines)
    {
        int First(string text) => lines.TakeWhile(line => !line.Contains(text, StringComparison.Ordinal)).Count();
        Assert.InRange(First("graph: Healthy"), 0, First("seed: ") - 1);
        Assert.InRange(First("kafka: Healthy"), 0, First("produce: ") - 1);
        Assert.InRange(First("produce: "), 0, First("verify topic: ") - 1);
    }

    private static async Task AssertGraphAsync(AppHostProcess host, TemporaryRun run)
    {
        var container = Assert.Single(await Engine.ContainersOfAsync(run.GraphVolume));
        Assert.Equal("docker.io/library/neo4j:5.26-community /data", await MountAsync(container, run.GraphVolume));
        Assert.All(await PublishedAsync(container), address => Assert.StartsWith("127.0.0.1:", address, StringComparison.Ordinal));

        var connection = host.Connection("graph").Split(';').Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => part[1]);
        await using var driver = GraphDatabase.Driver(new Uri(connection["Endpoint"]), AuthTokens.Basic(connection["Username"], connection["Password"]));
        var settings = await RowsAsync(
            driver,
            "SHOW SETTINGS 'server.memory.heap.max_size', 'server.memory.pagecache.size', 'db.checkpoint.interval.time' YIELD name, value RETURN name AS key, value",
            "key");
        var machine = MachineMemory.TotalMegabytes;
        AssertAbout(MachineMemory.Neo4jHeapMegabytes(machine), settings["server.memory.heap.max_size"]);
        AssertAbout(MachineMemory.Neo4jPageCacheMegabytes(machine), settings["server.memory.pagecache.size"]);
        Assert.Equal("1m", settings["db.checkpoint.interval.time"]);

        // The names of the parallel collector's two halves.
        var collectors = await RowsAsync(driver, "CALL dbms.queryJmx('java.lang:type=GarbageCollector,name=*') YIELD name RETURN name AS key, '' AS value", "key");
        Assert.Equal(["java.lang:name=PS MarkSweep,type=GarbageCollector", "java.lang:name=PS Scavenge,type=GarbageCollector"], collectors.Keys.Select(Sorted).Order(StringComparer.Ordinal));

        static string Sorted(string name) => $"java.lang:{string.Join(',', name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..].Split(',').Order(StringComparer.Ordinal))}";
    }

    private static async Task AssertBrokerAsync(AppHostProcess host, TemporaryRun run)
    {
        var container = Assert.Single(await Engine.ContainersOfAsync(run.KafkaVolume));
        Assert.Equal("docker.io/confluentinc/confluent-local:8.2.0 /var/lib/kafka/data", await MountAsync(container, run.KafkaVolume));
        Assert.All(await PublishedAsync(container), address => Assert.StartsWith("127.0.0.1:", address, StringComparison.Ordinal));

        // What clients connect to first is also what the broker sends them to.
        var bootstrap = host.Connection("kafka");
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = bootstrap }).Build();
        var broker = Assert.Single(admin.GetMetadata(TimeSpan.FromSeconds(20)).Brokers);
        Assert.Equal(bootstrap, $"{broker.Host}:{broker.Port}");
        var described = await admin.DescribeConfigsAsync([new ConfigResource { Type = ResourceType.Broker, Name = $"{broker.BrokerId}" }]);
        var settings = Assert.Single(described).Entries;
        Assert.Equal("4", settings["num.partitions"].Value);
        Assert.Equal("-1", settings["log.retention.ms"].Value);
        Assert.Equal("/var/lib/kafka/data", settings["log.dirs"].Value);
    }

    private static async Task<string> MountAsync(string container, string volume) => await Engine.AskAsync(
        "inspect", container, "--format", $"{{{{.Config.Image}}}}{{{{range .Mounts}}}}{{{{if eq .Name \"{volume}\"}}}} {{{{.Destination}}}}{{{{end}}}}{{{{end}}}}");

    private static async Task<string[]> PublishedAsync(string container) =>
        [.. (await Engine.AskAsync("port", container)).Split('\n').Select(line => line.Split("->")[1].Trim())];

    private static async Task<Dictionary<string, string>> RowsAsync(IDriver driver, string query, string key)
    {
        await using var session = driver.AsyncSession();
        var cursor = await session.RunAsync(query);
        return (await cursor.ToListAsync()).ToDictionary(record => record[key].As<string>(), record => record["value"].As<string>());
    }

    // The server says 2.94GiB of 3013 MiB.
    private static void AssertAbout(int megabytes, string size)
    {
        var value = double.Parse(size[..^3], CultureInfo.InvariantCulture) * (size.EndsWith("GiB", StringComparison.Ordinal) ? 1024 : 1);
        Assert.InRange(value, megabytes * 0.99, megabytes * 1.01);
    }

    private static string Secret(string connection) => connection[connection.IndexOf("Password=", StringComparison.Ordinal)..];
}
