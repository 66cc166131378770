using System.Globalization;
using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using MovieFriends.Chaos.Processes;
using MovieFriends.Chaos.Servers;
using MovieFriends.Contracts.Charges;
using Neo4j.Driver;

namespace MovieFriends.IntegrationTests.Infrastructure;

/// <summary>One story on the running servers: an empty graph, topics of its own, and the real services.</summary>
internal sealed class Scenario : IAsyncDisposable
{
    /// <summary>2017-01-12, noon, UTC.</summary>
    public const double Noon = 1_484_222_400;

    /// <summary>Seconds of a day.</summary>
    public const double Day = 86_400;

    /// <summary>The first user of every graph.</summary>
    public const long FirstUser = 1_000_000;

    private Scenario(IReadOnlyDictionary<string, string> environment, IReadOnlyDictionary<string, string> direct, int users, CancellationToken cancellation)
    {
        (Environment, Cancellation, Users) = (environment, cancellation, users);
        Graph = GraphConnection.Open(direct);
    }

    /// <summary>Connection strings and client settings of the servers, as environment variables.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    public CancellationToken Cancellation { get; }

    /// <summary>What every service of this story is told, as environment variables.</summary>
    public IEnumerable<KeyValuePair<string, string>> Settings =>
    [
        KeyValuePair.Create("Seeder__Users", Users.ToString(CultureInfo.InvariantCulture)),
        KeyValuePair.Create("Topics__Charges", Topic),
        KeyValuePair.Create("Topics__DeadLetters", DeadLetters),
        .. Environment,
    ];

    public IDriver Graph { get; }

    public int Users { get; }

    public string Topic { get; } = $"charges-{Guid.NewGuid():N}";

    public string DeadLetters => Topic + ".dead-letter";

    /// <summary>Begins a story, with a graph of so many users and nothing else.</summary>
    /// <param name="servers">The servers of all tests; whatever the test before has left undone is put right.</param>
    /// <param name="users">How many.</param>
    /// <param name="cancellation">Ends the story's waits.</param>
    /// <param name="seed">Whether the users are in the graph.</param>
    public static async Task<Scenario> StartAsync(RunningServers servers, int users, CancellationToken cancellation, bool seed = true)
    {
        await servers.MendAsync(cancellation);
        return await StartAsync(servers.Environment, servers.DirectEnvironment, users, seed, cancellation);
    }

    /// <summary>The same on other servers.</summary>
    public static Task<Scenario> StartAsync(IReadOnlyDictionary<string, string> environment, int users, CancellationToken cancellation) =>
        StartAsync(environment, environment, users, seed: true, cancellation);

    private static async Task<Scenario> StartAsync(
        IReadOnlyDictionary<string, string> environment, IReadOnlyDictionary<string, string> direct, int users, bool seed, CancellationToken cancellation)
    {
        var scenario = new Scenario(environment, direct, users, cancellation);
        await scenario.EmptyGraphAsync();
        if (seed && users > 0)
            await scenario.RunAsync("seeder");
        return scenario;
    }

    // In portions: what one transaction deletes must fit into the server's memory.
    private async Task EmptyGraphAsync()
    {
        while ((await QueryAsync("MATCH (n) WITH n LIMIT 20000 DETACH DELETE n RETURN count(*) AS deleted"))[0]["deleted"].As<long>() > 0)
        {
        }
    }

    /// <summary>Starts a service in this process, with settings of the form <c>Section:Key=value</c>. A consumer tells of every batch.</summary>
    public InProcessService Start(string service, params IEnumerable<string> settings) => InProcessService.Start(service, [.. Settings, .. Pairs(settings)]);

    /// <summary>Starts a service as a process of its own, for what only a process has: signals, arguments, an exit code that others see.</summary>
    public ServiceProcess StartProcess(string service, params IEnumerable<string> settings) => ServiceProcess.Start(service, [.. Settings, .. Pairs(settings)]);

    /// <summary>Runs a service to its end, which must be a good one, and gives its report.</summary>
    public async Task<JsonElement> RunAsync(string service, params IEnumerable<string> settings)
    {
        await using var run = Start(service, settings);
        return await run.ReportAsync(Cancellation);
    }

    /// <summary>Lets the consumer settle what the topic holds now.</summary>
    public Task<JsonElement> ConsumeAsync(params IEnumerable<string> settings) => RunAsync("consumer", ["Consumer:StopAt=End", .. settings]);

    /// <summary>The verifier's opinion: fails unless it is content.</summary>
    public Task<JsonElement> VerifyAsync(params IEnumerable<string> settings) => RunAsync("verifier", settings);

    /// <summary>Appends messages to the topic, keyed by the text before the first comma.</summary>
    public Task ProduceAsync(params IEnumerable<string> values) => ProduceToAsync(Topic, values);

    /// <summary>The same to another topic.</summary>
    public async Task ProduceToAsync(string topic, params IEnumerable<string> values)
    {
        var config = KafkaClientSettings.Producer(Environment);
        config.LingerMs = 1;
        using var producer = new ProducerBuilder<byte[], byte[]>(config).Build();
        var deliveries = values.Select(value => producer.ProduceAsync(
            topic,
            new Message<byte[], byte[]> { Key = Encoding.UTF8.GetBytes(value.Split(',')[0]), Value = Encoding.UTF8.GetBytes(value) },
            Cancellation)).ToArray();
        await Task.WhenAll(deliveries);
    }

    /// <summary>Reads as many dead letters as are expected.</summary>
    public List<Message<string, string>> ReadDeadLetters(int count)
    {
        var config = KafkaClientSettings.Consumer(Environment);
        config.GroupId = $"test-{Guid.NewGuid():N}";
        config.AutoOffsetReset = AutoOffsetReset.Earliest;
        using var consumer = new ConsumerBuilder<string, string>(config).Build();
        consumer.Subscribe(DeadLetters);
        var deadLetters = new List<Message<string, string>>();
        while (deadLetters.Count < count)
            deadLetters.Add(consumer.Consume(TimeSpan.FromSeconds(30))?.Message ?? throw new TimeoutException($"{deadLetters.Count} of {count} dead letters came."));
        consumer.Close();
        return deadLetters;
    }

    public async Task<List<IRecord>> QueryAsync(string cypher, object? parameters = null)
    {
        await using var session = Graph.AsyncSession();
        var cursor = parameters is null ? await session.RunAsync(cypher) : await session.RunAsync(cypher, parameters);
        return await cursor.ToListAsync(Cancellation);
    }

    /// <summary>Every charge of the graph as <c>user date amount</c>, in order.</summary>
    public async Task<List<string>> ChargesAsync()
    {
        var rows = await QueryAsync(
            "MATCH (u:User)-[:HAS_DAILY_CHARGE]->(c:DailyCharge) RETURN u.userId AS user, c.date AS date, c.amountUSD AS amount ORDER BY user, date");
        return rows.ConvertAll(r => string.Create(CultureInfo.InvariantCulture, $"{r["user"].As<long>()} {r["date"].As<string>()} {r["amount"].As<double>()}"));
    }

    public static string Message(long user, double amount, double seconds)
    {
        var buffer = new byte[ChargeCodec.MaxEncodedLength];
        return Encoding.UTF8.GetString(buffer, 0, ChargeCodec.Write(new Charge(user, amount, seconds), buffer));
    }

    public async ValueTask DisposeAsync() => await Graph.DisposeAsync();

    private static IEnumerable<KeyValuePair<string, string>> Pairs(IEnumerable<string> settings) =>
    [
        KeyValuePair.Create("Logging__LogLevel__MovieFriends.KafkaToNeo4j.Workers", "Debug"),
        KeyValuePair.Create("Logging__LogLevel__MovieFriends.KafkaToNeo4j.Bookkeeping.SettledBatches", "Debug"),
        .. settings.Select(setting => setting.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0].Replace(":", "__", StringComparison.Ordinal), pair[1])),
    ];
}
