using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;
using MovieFriends.AppHost.Servers;
using MovieFriends.Chaos.Network;
using Neo4j.Driver;

namespace MovieFriends.Chaos.Servers;

/// <summary>Kafka and Neo4j as the AppHost starts them on this machine, without the services, in a folder that is gone afterwards.</summary>
internal sealed class ServersUnderTest : IAsyncDisposable
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan s_answerTime = TimeSpan.FromSeconds(2);

    private readonly string _folder = Directory.CreateTempSubdirectory("moviefriends-servers-").FullName;
    private readonly List<TcpProxy> _links = [];
    private DistributedApplication? _app;

    private ServersUnderTest()
    {
    }

    /// <summary>What a service needs: connection strings and client settings, as environment variables. Leads through the links if there are any.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; private set; } = new Dictionary<string, string>();

    /// <summary>The same, but the graph past its link. Kafka's clients are always led to its link, by the broker itself.</summary>
    public IReadOnlyDictionary<string, string> DirectEnvironment { get; private set; } = new Dictionary<string, string>();

    public Server Kafka { get; private set; } = null!;

    public Server Graph { get; private set; } = null!;

    /// <summary>Between services and Kafka.</summary>
    /// <exception cref="InvalidOperationException">Started without links.</exception>
    public TcpProxy KafkaLink { get => field ?? throw new InvalidOperationException("There are no links."); private set; }

    /// <summary>Between services and Neo4j.</summary>
    /// <exception cref="InvalidOperationException">Started without links.</exception>
    public TcpProxy GraphLink { get => field ?? throw new InvalidOperationException("There are no links."); private set; }

    public string KafkaVersion => _app!.Services.GetRequiredService<ServersInfo>().Kafka;

    public string GraphVersion => _app!.Services.GetRequiredService<ServersInfo>().Neo4j;

    /// <summary>Whether the broker keeps message headers.</summary>
    public bool HasHeaders => !Environment.TryGetValue("Topics__Headers", out var headers) || bool.Parse(headers);

    /// <summary>Starts both and waits until they are healthy.</summary>
    /// <param name="withLinks">Whether clients reach them through a <see cref="TcpProxy"/> each.</param>
    /// <param name="arguments">More settings of the AppHost, as <c>--Section:Key=value</c>.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<ServersUnderTest> StartAsync(bool withLinks, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var servers = new ServersUnderTest();
        try
        {
            await servers.StartServersAsync(withLinks, arguments, cancellationToken);
            return servers;
        }
        catch
        {
            await servers.DisposeAsync();
            throw;
        }
    }

    /// <summary>Keeps what the servers have logged, each in a folder by its name, before all of it is gone.</summary>
    public void SaveLogs(string folder)
    {
        foreach (var logs in Directory.EnumerateDirectories(Path.Combine(_folder, "servers"), "logs", SearchOption.AllDirectories))
        {
            var target = Directory.CreateDirectory(Path.Combine(folder, Path.GetFileName(Path.GetDirectoryName(logs)!)));
            foreach (var file in Directory.EnumerateFiles(logs))
                File.Copy(file, Path.Combine(target.FullName, Path.GetFileName(file)), overwrite: true);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            // A process that is stopped does not hear that it is to end.
            Kafka?.Continue();
            Graph?.Continue();
            await _app.DisposeAsync();
        }

        foreach (var link in _links)
            await link.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartServersAsync(bool withLinks, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(s_timeout);
        var connections = Path.Combine(_folder, "connections.json");
        IEnumerable<string> linkArguments = [];
        if (withLinks)
        {
            var port = FreePorts.Next();
            KafkaLink = Link(port);
            linkArguments = KafkaListeners.Arguments(port, KafkaLink.Port, isKRaft: System.Environment.GetEnvironmentVariable("KAFKA_HOME") is { Length: > 0 });
        }

        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.MovieFriends_AppHost>(
            [
                // Whoever wants rentals says so to the services.
                "--Servers=Local", "--Rentals:Rate=0", $"--LocalServers:DataPath={Path.Combine(_folder, "servers")}", $"--ConnectionsFile={connections}",
                .. linkArguments, .. arguments, "--no-dashboard",
            ],
            timeout.Token);
        foreach (var service in builder.Resources.OfType<ProjectResource>().ToArray())
            builder.Resources.Remove(service);

        _app = await builder.BuildAsync(timeout.Token);
        await _app.StartAsync(timeout.Token);
        await _app.ResourceNotifications.WaitForResourceHealthyAsync("kafka", timeout.Token);
        await _app.ResourceNotifications.WaitForResourceHealthyAsync("graph", timeout.Token);
        await Wait.UntilAsync("the AppHost writes its connections file", s_timeout, () => Task.FromResult(File.Exists(connections)), timeout.Token);
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(connections, timeout.Token));
        DirectEnvironment = Environment = json.RootElement.GetProperty("environment").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!);
        Connect(withLinks);
    }

    private void Connect(bool withLinks)
    {
        var kafkaAddress = Environment["ConnectionStrings__kafka"];
        Kafka = new Server(_app!, "kafka", _ => Task.Run(() => BrokerAnswers(kafkaAddress)));
        Graph = new Server(_app!, "graph", _ => DatabaseAnswersAsync());
        if (!withLinks)
            return;

        GraphLink = Link(GraphConnection.Parse(DirectEnvironment).Endpoint.Port);
        Environment = new Dictionary<string, string>(GraphConnection.MoveTo(DirectEnvironment, GraphLink.Port))
        {
            ["ConnectionStrings__kafka"] = $"127.0.0.1:{KafkaLink.Port}",
        };
    }

    private TcpProxy Link(int targetPort)
    {
        var link = TcpProxy.Start(targetPort);
        _links.Add(link);
        return link;
    }

    private bool BrokerAnswers(string address)
    {
        // A new client each time: one that knows the cluster would ask through the link.
        using var admin = new AdminClientBuilder(KafkaClientSettings.Admin(DirectEnvironment, address))
            .SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
        try
        {
            return admin.GetMetadata(s_answerTime).Brokers.Count > 0;
        }
        catch (KafkaException)
        {
            return false;
        }
    }

    private async Task<bool> DatabaseAnswersAsync()
    {
        await using var driver = GraphConnection.Open(DirectEnvironment);
        var asking = AskAsync(driver);
        if (await Task.WhenAny(asking, Task.Delay(s_answerTime)) == asking)
            return await asking;

        // Ends the question, too: nobody else uses this driver.
        await driver.DisposeAsync();
        return await asking;
    }

    private static async Task<bool> AskAsync(IDriver driver)
    {
        try
        {
            await using var session = driver.AsyncSession();
            await (await session.RunAsync("RETURN 1 AS one")).ConsumeAsync();
            return true;
        }
        catch (Exception exception) when (exception is Neo4jException or ObjectDisposedException)
        {
            return false;
        }
    }
}
