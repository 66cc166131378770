using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MovieFriends.Chaos.Processes;
using MovieFriends.Chaos.Reporting;
using MovieFriends.Chaos.Servers;
using MovieFriends.Contracts.Reporting;
using Neo4j.Driver;

namespace MovieFriends.Bench.TestBeds;

/// <summary>What all measures of one run are made on: servers of its own, a graph of users, and a topic full of charges.</summary>
internal sealed class TestBed : IAsyncDisposable
{
    private const string Topic = "charges";
    private const string Report = " report: ";

    // In the middle of a day: a user's charge must not get a second day.
    private const string StartTime = "2017-01-12T12:00:00Z";

    private readonly ServersUnderTest _servers;
    private Backlog? _backlog;

    private TestBed(ServersUnderTest servers, BenchOptions options, Journal journal)
    {
        (_servers, Options, Journal) = (servers, options, journal);
        Graph = GraphConnection.Open(servers.Environment);
        Charges = new ChargeGraph(Graph);
    }

    public BenchOptions Options { get; }

    public Journal Journal { get; }

    public IDriver Graph { get; }

    public ChargeGraph Charges { get; }

    public Backlog Backlog => _backlog!;

    /// <summary>Connection strings and client settings of the servers, as environment variables.</summary>
    public IReadOnlyDictionary<string, string> Environment => _servers.Environment;

    public string KafkaVersion => _servers.KafkaVersion;

    public string GraphVersion => _servers.GraphVersion;

    /// <exception cref="InvalidOperationException">A service failed.</exception>
    /// <exception cref="TimeoutException">A server did not start in time.</exception>
    public static async Task<TestBed> StartAsync(BenchOptions options, Journal journal, CancellationToken cancellationToken)
    {
        journal.Write($"starting servers");
        var servers = await ServersUnderTest.StartAsync(withLinks: false, ["--Logging:LogLevel:Default=None"], cancellationToken);
        var bed = new TestBed(servers, options, journal);
        try
        {
            await bed.FillAsync(cancellationToken);
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

    public async ValueTask DisposeAsync()
    {
        await Graph.DisposeAsync();
        await _servers.DisposeAsync();
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        Journal.Write($"Kafka {KafkaVersion}, Neo4j {GraphVersion}: {Options.GraphUsers:N0} users, {Options.Messages:N0} messages");
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
        _backlog = await Task.Run(() => Backlog.Read(Environment, Topic, Options.Messages, cancellationToken), cancellationToken);
    }
}
