using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MovieFriends.Chaos.Processes;
using MovieFriends.Chaos.Reporting;
using MovieFriends.Chaos.Servers;
using MovieFriends.Consumer;
using MovieFriends.Contracts.Reporting;
using MovieFriends.Contracts.Topics;
using Neo4j.Driver;

namespace MovieFriends.Bench.Environments;

/// <summary>What measures are made on: a graph of users, and a topic full of charges, as soon as one of them needs that. The servers are whoever's they are.</summary>
internal sealed class BenchEnvironment : IAsyncDisposable
{
    private const string Report = " report: ";

    /// <summary>Event time of the first charge, in the middle of a day: a user's charge must not get a second day.</summary>
    public const string StartTime = "2017-01-12T12:00:00Z";

    private readonly string _topic = $"charges-{Guid.NewGuid():N}";
    private Backlog? _backlog;

    /// <summary>Connects; nothing is put in place yet.</summary>
    /// <param name="environment">How to reach the servers, as environment variables. The graph must be empty.</param>
    /// <param name="options">How many users and messages.</param>
    /// <param name="journal">Is told what happens.</param>
    public BenchEnvironment(IReadOnlyDictionary<string, string> environment, BenchOptions options, Journal journal)
    {
        Variables = new Dictionary<string, string>(environment) { ["Topics__Charges"] = _topic, ["Topics__DeadLetters"] = $"{_topic}.dead-letter" };
        (Options, Journal, Graph) = (options, journal, GraphConnection.Open(environment));
        Charges = new ChargeGraph(Graph);
    }

    public BenchOptions Options { get; }

    public Journal Journal { get; }

    public IDriver Graph { get; }

    /// <summary>The database's process, for a measure that kills it; null if that is not to happen.</summary>
    public Server? GraphServer { get; init; }

    public ChargeGraph Charges { get; }

    /// <summary>The messages that <see cref="FillAsync"/> has put into the topic.</summary>
    /// <exception cref="InvalidOperationException">It has not.</exception>
    public Backlog Backlog => _backlog ?? throw new InvalidOperationException("The topic was not filled.");

    /// <summary>Connection strings and client settings of the servers, as environment variables.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; }

    /// <summary>Partitions of each topic.</summary>
    public int Partitions => Setting("Topics__Partitions") ?? new TopicOptions().Partitions;

    /// <summary>The most charges in one transaction.</summary>
    public int MaxBatchSize => Options.BatchSize ?? new ConsumerOptions().MaxBatchSize;

    /// <summary>Builds the graph of users, unless it is there, and fills the topic, unless it is full.</summary>
    /// <exception cref="InvalidOperationException">A service failed.</exception>
    public async Task FillAsync(CancellationToken cancellationToken)
    {
        Journal.Write($"{Options.GraphUsers:N0} users, {Options.Messages:N0} messages");
        await SeedAsync(cancellationToken);
        if (_backlog is not null)
            return;
        await ProduceAsync(_topic, Options.Messages, cancellationToken);
        _backlog = await Task.Run(() => Backlog.Read(Variables, _topic, Options.Messages, cancellationToken), cancellationToken);
    }

    /// <summary>Runs the seeder.</summary>
    /// <returns>What it reports, and its processor time in seconds.</returns>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public Task<(SeederReport Report, double ProcessorSeconds)> SeedAsync(CancellationToken cancellationToken) =>
        RunAsync("seeder", ReportJson.Default.SeederReport, [new("Seeder__Users", Text(Options.GraphUsers))], cancellationToken);

    /// <summary>Runs the producer, which makes the topic if it is not there.</summary>
    /// <returns>What it reports, and its processor time in seconds.</returns>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public Task<(ProducerReport Report, double ProcessorSeconds)> ProduceAsync(string topic, long messages, CancellationToken cancellationToken) => RunAsync(
        "producer",
        ReportJson.Default.ProducerReport,
        [
            new("Topics__Charges", topic),
            new("Producer__Mode", "Load"),
            new("Producer__Messages", Text(messages)),
            new("Producer__Users", Text(Options.GraphUsers)),
            new("Producer__StartTime", StartTime),
        ],
        cancellationToken);

    /// <summary>Runs a service to its end. If it has several reports, <paramref name="stage"/> names the one.</summary>
    /// <returns>What it reports, and its processor time in seconds.</returns>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public async Task<(T Report, double ProcessorSeconds)> RunAsync<T>(
        string service, JsonTypeInfo<T> type, IEnumerable<KeyValuePair<string, string>> settings, CancellationToken cancellationToken, string? stage = null)
    {
        await using var process = ServiceProcess.Start(service, [.. Variables, .. settings]);
        var processorTime = ProcessorTime.FollowAsync(process.Id, process.Exited);
        var exitCode = await process.Exited.WaitAsync(cancellationToken);
        var line = process.Log.LastOrDefault(line => line.Contains($"{stage}{Report}", StringComparison.Ordinal));
        return exitCode == 0 && line is not null
            ? (JsonSerializer.Deserialize(line.AsSpan(line.IndexOf(Report, StringComparison.Ordinal) + Report.Length), type)!, await processorTime)
            : throw new InvalidOperationException($"The {service} ended with {exitCode}:{Environment.NewLine}{string.Join(Environment.NewLine, process.Log)}");
    }

    public ValueTask DisposeAsync() => Graph.DisposeAsync();

    private int? Setting(string name) => Variables.TryGetValue(name, out var value) ? int.Parse(value, CultureInfo.InvariantCulture) : null;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
