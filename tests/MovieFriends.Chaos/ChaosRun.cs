using System.Diagnostics;
using System.Globalization;
using MovieFriends.Chaos.Faults;
using MovieFriends.Chaos.Judging;
using MovieFriends.Chaos.Observing;
using MovieFriends.Chaos.Processes;
using MovieFriends.Chaos.Reporting;
using MovieFriends.Chaos.Servers;
using MovieFriends.Chaos.Traffic;
using MovieFriends.Reports;
using Neo4j.Driver;

namespace MovieFriends.Chaos;

/// <summary>One run: servers and services start, faults happen, everything comes to rest, and what came out is judged.</summary>
internal sealed class ChaosRun(ChaosOptions options, Journal journal)
{
    /// <summary>Of the first producer's rate, for malformed messages and again for unknown users.</summary>
    private const double BadShare = 0.01;

    private static readonly TimeSpan s_catchUpTimeout = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan s_modernSession = TimeSpan.FromSeconds(10);

    private readonly LogCounters _counters = new();
    private readonly Disturbances _disturbances = new(TimeProvider.System);

    /// <summary>Runs to the end.</summary>
    /// <exception cref="TimeoutException">Something did not come back in time: a server, or the consumers to the end of the topic.</exception>
    public async Task<ChaosReport> RunAsync(CancellationToken cancellationToken)
    {
        PrepareFiles();
        var schedule = FaultSchedule.Create(options.Seed, options.Length);
        journal.Write($"{schedule.Count} faults in {options.Minutes} min from seed {options.Seed}:");
        foreach (var fault in schedule)
            journal.Write($"  {fault}");

        journal.Write($"starting servers");
        await using var servers = await ServersUnderTest.StartAsync(withLinks: true, ["--Logging:LogLevel:Default=None"], cancellationToken);
        journal.Write($"Kafka {servers.KafkaVersion}, Neo4j {servers.GraphVersion}");
        await SeedAsync(servers, cancellationToken);

        await using var graph = GraphConnection.Open(servers.DirectEnvironment);
        await using var fleet = new Fleet(servers, options, _counters, journal);
        using var injector = new BadMessageInjector(KafkaClientSettings.Producer(servers.Environment), Judgement.ChargesTopic, options.Rate * BadShare);
        await using var watch = new LedgerWatch(graph, _disturbances, journal, TimeProvider.System);
        await using var recorder = new Recorder(graph, servers.Environment, fleet, journal);
        await StartTrafficAsync(fleet, injector, graph, cancellationToken);

        journal.Begin();
        watch.Begin();
        if (options.Report is not null)
            recorder.Begin();
        var runner = new FaultRunner(servers, fleet, _disturbances, journal, SessionTime(servers));
        await runner.RunAsync(schedule, cancellationToken);
        if (options.Length - journal.Elapsed is { Ticks: > 0 } left)
            await Task.Delay(left, cancellationToken);
        await watch.EndAsync();

        var catchUp = await ComeToRestAsync(servers, fleet, injector, graph, cancellationToken);
        await recorder.EndAsync();
        var length = journal.Elapsed;
        journal.Write($"judging");
        var judgement = await Judgement.PassAsync(servers, graph, options.Users, injector.Confirmed, cancellationToken);
        var report = Report(schedule, servers, runner, fleet, watch, catchUp, judgement);
        if (options.Report is not null)
            ReportFile.Write(options.Report, ChaosRunReport.Of(report, length, runner.Spans, recorder.Samples));
        return report;
    }

    private void PrepareFiles()
    {
        if (options.Report is not null)
            ReportFile.Prepare(options.Report);
        if (options.Logs is null)
            return;
        if (Directory.Exists(options.Logs))
            Directory.Delete(options.Logs, recursive: true);
        Directory.CreateDirectory(options.Logs);
    }

    private async Task SeedAsync(ServersUnderTest servers, CancellationToken cancellationToken)
    {
        var users = options.Users.ToString(CultureInfo.InvariantCulture);
        await using var seeder = ServiceProcess.Start("seeder", [.. servers.Environment, new("Seeder__Users", users)]);
        if (await seeder.Exited.WaitAsync(cancellationToken) != 0)
            throw new InvalidOperationException($"The seeder failed:{Environment.NewLine}{string.Join(Environment.NewLine, seeder.Log)}");
    }

    private async Task StartTrafficAsync(Fleet fleet, BadMessageInjector injector, IDriver graph, CancellationToken cancellationToken)
    {
        fleet.AddProducers();
        for (var i = 0; i < options.Consumers; i++)
            fleet.AddConsumer();
        await Wait.UntilAsync(
            "the first charge is in the graph",
            s_catchUpTimeout,
            async () =>
            {
                await using var session = graph.AsyncSession();
                return (await (await session.RunAsync("MATCH (c:DailyCharge) RETURN count(c) AS n")).SingleAsync())["n"].As<long>() > 0;
            },
            cancellationToken);

        // Where the broker makes topics by itself, the producers have made this one by now.
        injector.Begin();
    }

    /// <summary>No more messages; then consumers settle what there is, and end.</summary>
    /// <returns>How long they took to settle it.</returns>
    private async Task<TimeSpan> ComeToRestAsync(ServersUnderTest servers, Fleet fleet, BadMessageInjector injector, IDriver graph, CancellationToken cancellationToken)
    {
        journal.Write($"stopping producers");
        await Task.WhenAll(fleet.StopAsync("producer"), injector.EndAsync());
        journal.Write($"waiting until consumers have caught up");
        var watch = Stopwatch.StartNew();
        try
        {
            foreach (var topic in new[] { Judgement.ChargesTopic, Judgement.RentalsTopic })
            {
                var ends = await Task.Run(() => TopicReader.Read(servers.Environment, topic, _ => { }, cancellationToken), cancellationToken);
                await Wait.UntilAsync($"consumers settle everything in the topic {topic}", s_catchUpTimeout, () => GraphContent.HasCaughtUpAsync(graph, ends, topic), cancellationToken);
            }
        }
        catch (TimeoutException exception)
        {
            // The ledger will tell how far they are.
            journal.Write($"{exception.Message}");
        }

        var catchUp = watch.Elapsed;
        journal.Write($"stopping consumers");
        await fleet.StopAsync("consumer");
        return catchUp;
    }

    private static TimeSpan SessionTime(ServersUnderTest servers) =>
        servers.Environment.TryGetValue("Aspire__Confluent__Kafka__Consumer__Config__SessionTimeoutMs", out var milliseconds)
            ? TimeSpan.FromMilliseconds(double.Parse(milliseconds, CultureInfo.InvariantCulture))
            : s_modernSession;

    private ChaosReport Report(
        IReadOnlyList<Fault> schedule, ServersUnderTest servers, FaultRunner runner, Fleet fleet, LedgerWatch watch, TimeSpan catchUp, Judgement judgement) => new(
        judgement.Discrepancies.Count == 0 && fleet.UnexpectedEnds.Count == 0,
        options.Seed,
        options.Minutes,
        servers.KafkaVersion,
        servers.GraphVersion,
        options.Consumers,
        options.Rate,
        [.. schedule.Select(fault => fault.ToString())],
        FaultKind.All.ToDictionary(kind => kind.ToString(), kind => runner.Happened.GetValueOrDefault(kind)),
        runner.Happened.Values.Sum(),
        fleet.Restarts.Concat(runner.ServerRestarts.Select(r => KeyValuePair.Create(r.Key == FaultTarget.Kafka ? "kafka" : "graph", r.Value))).ToDictionary(),
        fleet.UnexpectedEnds,
        _counters.Retries,
        _counters.Fenced,
        watch.Longest,
        watch.LongestUnhindered,
        fleet.SlowestEnd.TotalSeconds,
        catchUp.TotalSeconds,
        judgement.Topic.Messages,
        judgement.Graph.Found,
        judgement.Topic.Malformed,
        judgement.Topic.UnknownUsers,
        judgement.DeadLetterCount,
        judgement.Graph.Missing.Count,
        judgement.Graph.Different.Count,
        judgement.Graph.Unexpected.Count,
        judgement.Graph.Doubled.Count,
        judgement.DeadLetters.Missing.Count,
        judgement.DeadLetters.Doubled.Count,
        judgement.DeadLetters.Unexpected.Count,
        judgement.ConfirmedLost.Count,
        judgement.Graph.LedgerOff.Count + judgement.RentalLedgerOff.Count,
        judgement.Rentals.Messages,
        judgement.Rentals.Missing.Count,
        judgement.Rentals.Doubled.Count,
        judgement.VerifierProtest is null,
        judgement.Discrepancies);
}
