using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MovieFriends.Chaos.Processes;
using MovieFriends.Chaos.Reporting;
using MovieFriends.Chaos.Servers;
using MovieFriends.Consumer;
using MovieFriends.Contracts.Reporting;
using Neo4j.Driver;

namespace MovieFriends.Bench.TestBeds;

/// <summary>What measures are made on: a graph of users, and a topic full of charges. The servers are whoever's they are.</summary>
internal sealed class TestBed : IAsyncDisposable
{
    private const string Report = " report: ";

    /// <summary>Event time of the first charge, in the middle of a day: a user's charge must not get a second day.</summary>
    public const string StartTime = "2017-01-12T12:00:00Z";

    private Backlog? _backlog;

    private TestBed(IReadOnlyDictionary<string, string> environment, BenchOptions options, Journal journal)
    {
        (Environment, Options, Journal) = (environment, options, journal);
        Graph = GraphConnection.Open(environment);
        Charges = new ChargeGraph(Graph);
    }

    public BenchOptions Options { get; }

    public Journal Journal { get; }

    public IDriver Graph { get; }

    /// <summary>The database's process, for a measure that kills it; null if that is not to happen.</summary>
    public Server? GraphServer { get; set; }

    public ChargeGraph Charges { get; }

    public Backlog Backlog => _backlog!;

    /// <summary>Connection strings and client settings of the servers, as environment variables.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>The most charges in one transaction.</summary>
    public int MaxBatchSize => Options.BatchSize ?? new ConsumerOptions().MaxBatchSize;

    /// <summary>Builds the graph and fills a topic of its own.</summary>
    /// <param name="environment">How to reach the servers, as environment variables. The graph must be empty.</param>
    /// <param name="options">How many users and messages.</param>
    /// <param name="journal">Is told what happens.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidOperationException">A service failed.</exception>
    public static async Task<TestBed> FillAsync(
        IReadOnlyDictionary<string, string> environment, BenchOptions options, Journal journal, CancellationToken cancellationToken)
    {
        var topic = $"charges-{Guid.NewGuid():N}";
        var bed = new TestBed(new Dictionary<string, string>(environment) { ["Topics__Charges"] = topic, ["Topics__DeadLetters"] = $"{topic}.dead-letter" }, options, journal);
        try
        {
            await bed.FillAsync(topic, cancellationToken);
            return bed;
        }
        catch
        {
            await bed.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a service to its end.</summary>
    /// <returns>What it reports, and its processor time in seconds.</returns>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public async Task<(T Report, double ProcessorSeconds)> RunAsync<T>(
        string service, JsonTypeInfo<T> type, IEnumerable<KeyValuePair<string, string>> settings, CancellationToken cancellationToken)
    {
        await using var process = ServiceProcess.Start(service, [.. Environment, .. settings]);
        var processorTime = ProcessorTime.FollowAsync(process.Id, process.Exited);
        var exitCode = await process.Exited.WaitAsync(cancellationToken);
        var line = process.Log.LastOrDefault(line => line.Contains(Report, StringComparison.Ordinal));
        return exitCode == 0 && line is not null
            ? (JsonSerializer.Deserialize(line.AsSpan(line.IndexOf(Report, StringComparison.Ordinal) + Report.Length), type)!, await processorTime)
            : throw new InvalidOperationException($"The {service} ended with {exitCode}:{System.Environment.NewLine}{string.Join(System.Environment.NewLine, process.Log)}");
    }

    public ValueTask DisposeAsync() => Graph.DisposeAsync();

    private async Task FillAsync(string topic, CancellationToken cancellationToken)
    {
        Journal.Write($"{Options.GraphUsers:N0} users, {Options.Messages:N0} messages");
        var users = Options.GraphUsers.ToString(CultureInfo.InvariantCulture);
        await RunAsync("seeder", ReportJson.Default.SeederReport, [new("Seeder__Users", users)], cancellationToken);
        await RunAsync(
            "producer",
            ReportJson.Default.ProducerReport,
            [
                new("Producer__Mode", "Load"),
                new("Producer__Messages", Options.Messages.ToString(CultureInfo.InvariantCulture)),
                new("Producer__Users", users),
                new("Producer__StartTime", StartTime),
            ],
            cancellationToken);
        _backlog = await Task.Run(() => Backlog.Read(Environment, topic, Options.Messages, cancellationToken), cancellationToken);
    }
}
