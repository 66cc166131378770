using System.Globalization;
using System.Text;
using System.Text.Json;
using Confluent.Kafka;
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

    private readonly RunningServers _servers;
    private readonly CancellationToken _cancellation;

    private Scenario(RunningServers servers, int users, CancellationToken cancellation)
    {
        (_servers, _cancellation, Users) = (servers, cancellation, users);
        Graph = Connect(servers.Environment["ConnectionStrings__graph"]);
    }

    public IDriver Graph { get; }

    public int Users { get; }

    public string Topic { get; } = $"charges-{Guid.NewGuid():N}";

    public string DeadLetters => Topic + ".dead-letter";

    public static async Task<Scenario> StartAsync(RunningServers servers, int users, CancellationToken cancellation)
    {
        var scenario = new Scenario(servers, users, cancellation);
        await scenario.QueryAsync("MATCH (n) DETACH DELETE n");
        return scenario;
    }

    /// <summary>Starts a service.</summary>
    public Task<ServiceRun> StartAsync(string service, params string[] arguments) => StartAsync(service, 1, arguments);

    /// <inheritdoc cref="StartAsync(string, string[])"/>
    public Task<ServiceRun> StartAsync(string service, int replicas, params string[] arguments) =>
        ServiceRun.StartAsync(service, [.. Common(), .. arguments], replicas, _cancellation);

    /// <summary>Runs a service to its end, which must be a good one, and gives its report.</summary>
    public async Task<JsonElement> RunAsync(string service, params string[] arguments)
    {
        await using var run = await StartAsync(service, arguments);
        var exitCode = await run.ExitCodeAsync(_cancellation);
        return exitCode == 0
            ? await run.ReportAsync(_cancellation)
            : throw new InvalidOperationException($"The {service} ended with {exitCode}:\n{string.Join('\n', run.Log)}");
    }

    /// <summary>Lets the consumer settle what the topic holds now.</summary>
    public Task<JsonElement> ConsumeAsync(params string[] arguments) => RunAsync("consumer", ["--Consumer:StopAt=End", .. arguments]);

    /// <summary>Appends messages to the topic, keyed by the text before the first comma.</summary>
    public async Task ProduceAsync(params IEnumerable<string> values)
    {
        using var producer = new ProducerBuilder<byte[], byte[]>(new ProducerConfig(ClientSettings("Producer")) { LingerMs = 1 }).Build();
        var deliveries = values.Select(value => producer.ProduceAsync(
            Topic,
            new Message<byte[], byte[]> { Key = Encoding.UTF8.GetBytes(value.Split(',')[0]), Value = Encoding.UTF8.GetBytes(value) },
            _cancellation)).ToArray();
        await Task.WhenAll(deliveries);
    }

    /// <summary>Reads as many dead letters as are expected.</summary>
    public List<Message<string, string>> ReadDeadLetters(int count)
    {
        using var consumer = new ConsumerBuilder<string, string>(new ConsumerConfig(ClientSettings("Consumer"))
        {
            GroupId = $"test-{Guid.NewGuid():N}",
            AutoOffsetReset = AutoOffsetReset.Earliest,
        }).Build();
        consumer.Subscribe(DeadLetters);
        var letters = new List<Message<string, string>>();
        while (letters.Count < count)
            letters.Add(consumer.Consume(TimeSpan.FromSeconds(30))?.Message ?? throw new TimeoutException($"{letters.Count} of {count} dead letters came."));
        consumer.Close();
        return letters;
    }

    public async Task<List<IRecord>> QueryAsync(string cypher, object? parameters = null)
    {
        await using var session = Graph.AsyncSession();
        var cursor = parameters is null ? await session.RunAsync(cypher) : await session.RunAsync(cypher, parameters);
        return await cursor.ToListAsync(_cancellation);
    }

    /// <summary>Every charge of the graph as <c>user date amount</c>, in order.</summary>
    public async Task<List<string>> ChargesAsync()
    {
        var rows = await QueryAsync(
            "MATCH (u:User)-[:HAS_DAILY_CHARGE]->(c:DailyCharge) RETURN u.userId AS user, c.date AS date, c.amountUSD AS amount ORDER BY user, date");
        return rows.ConvertAll(r => string.Create(CultureInfo.InvariantCulture, $"{r["user"].As<long>()} {r["date"].As<string>()} {r["amount"].As<double>()}"));
    }

    /// <summary>The verifier's opinion: fails unless it is content.</summary>
    public Task<JsonElement> VerifyAsync() => RunAsync("verifier");

    public static string Message(long user, double amount, double seconds)
    {
        var buffer = new byte[ChargeCodec.MaxEncodedLength];
        return Encoding.UTF8.GetString(buffer, 0, ChargeCodec.Write(new Charge(user, amount, seconds), buffer));
    }

    public async ValueTask DisposeAsync() => await Graph.DisposeAsync();

    private IEnumerable<string> Common() =>
    [
        $"--Seeder:Users={Users}",
        $"--Topics:Charges={Topic}",
        $"--Topics:DeadLetters={DeadLetters}",
        .. _servers.Environment.Select(v => $"--{v.Key.Replace("__", ":", StringComparison.Ordinal)}={v.Value}"),
    ];

    private Dictionary<string, string> ClientSettings(string kind)
    {
        var prefix = $"Aspire__Confluent__Kafka__{kind}__Config__";
        var settings = kind == "Producer" ? (ClientConfig)new ProducerConfig() : new ConsumerConfig();
        foreach (var (name, value) in _servers.Environment.Where(v => v.Key.StartsWith(prefix, StringComparison.Ordinal)))
        {
            var property = settings.GetType().GetProperty(name[prefix.Length..])!;
            var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            property.SetValue(settings, type.IsEnum ? Enum.Parse(type, value, ignoreCase: true) : Convert.ChangeType(value, type, CultureInfo.InvariantCulture));
        }

        settings.BootstrapServers = _servers.Environment["ConnectionStrings__kafka"];
        return settings.ToDictionary();
    }

    private static IDriver Connect(string connectionString)
    {
        var pairs = connectionString.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=', 2)).ToDictionary(p => p[0], p => p[1], StringComparer.OrdinalIgnoreCase);
        return GraphDatabase.Driver(
            pairs["Endpoint"],
            pairs.TryGetValue("Username", out var user) ? AuthTokens.Basic(user, pairs["Password"]) : AuthTokens.None);
    }
}

internal static class ClientConfigExtensions
{
    public static Dictionary<string, string> ToDictionary(this ClientConfig config) => config.ToDictionary(c => c.Key, c => c.Value);
}
