using System.Diagnostics;
using System.Globalization;
using MovieFriends.Chaos.Processes;
using MovieFriends.IntegrationTests.Infrastructure;
using Xunit;

namespace MovieFriends.IntegrationTests.Faults;

/// <summary>Measurements that take minutes; docs/reliability.md has their figures. They run only when asked for: <c>-explicit only</c>.</summary>
[Trait(Suite.Trait, Suite.Slow)]
public sealed class EnduranceTests(RunningServers servers, ITestOutputHelper output)
{
    private const int Million = 1_000_000;
    private const int Kills = 50;
    private const int Rounds = 5;
    private const long MaxMemory = 300L << 20;
    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(5);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Explicit = true)]
    public async Task A_consumer_that_is_killed_fifty_times_in_a_million_messages_writes_no_row_twice()
    {
        await using var scenario = await Scenario.StartAsync(servers, Million, Cancellation);
        await scenario.RunAsync("producer", $"Producer:Messages={Million}");

        long created = 0, updated = 0;
        for (var kill = 1; kill <= Kills; kill++)
        {
            await using var consumer = scenario.StartProcess("consumer");
            await SettledAsync(scenario, kill * (Million / (Kills + 5)));
            consumer.Kill();
            await consumer.Exited;
            Add(consumer);
        }

        await using var last = scenario.StartProcess("consumer", "Consumer:StopAt=End");
        await last.ReportAsync(Cancellation);
        Add(last);
        var verified = await scenario.VerifyAsync();
        output.WriteLine($"{Kills} kills; charges {verified.GetProperty("found").GetInt64():N0}; rows created, as far as consumers lived to tell, {created:N0}; rows updated {updated:N0}");

        Assert.Equal(Million, verified.GetProperty("found").GetInt64());
        Assert.InRange(created, 1, Million);
        Assert.Equal(0, updated);

        void Add(ServiceProcess consumer)
        {
            var written = consumer.Written();
            created += written.Created;
            updated += written.Updated;
        }
    }

    [Theory(Explicit = true)]
    [InlineData("consumer")]
    [InlineData("kafka")]
    [InlineData("graph")]
    public async Task Recovery_from_restart_to_first_commit(string victim)
    {
        await using var scenario = await Scenario.StartAsync(servers, 10_000, Cancellation);
        await using var producer = scenario.Start("producer", "Producer:Mode=Live", "Producer:Rate=1000", "Producer:Users=10000");
        var consumer = scenario.StartProcess("consumer");
        var seconds = new List<double>();
        try
        {
            for (var round = 0; round < Rounds; round++)
            {
                await SettledAsync(scenario, await scenario.LedgerSumAsync() + 5_000);
                seconds.Add(await RecoverAsync());
            }
        }
        finally
        {
            await consumer.DisposeAsync();
            await servers.MendAsync(Cancellation);
        }

        seconds.Sort();
        output.WriteLine($"{victim}: median {seconds[Rounds / 2]:0.0} s, from {seconds[0]:0.0} to {seconds[^1]:0.0} s");

        async Task<double> RecoverAsync()
        {
            var clock = new Stopwatch();
            if (victim == "consumer")
            {
                consumer.Kill();
                await consumer.DisposeAsync();
                var before = await scenario.LedgerSumAsync();
                clock.Start();
                consumer = scenario.StartProcess("consumer");
                await SettledAsync(scenario, before + 1);
                return clock.Elapsed.TotalSeconds;
            }

            var server = victim == "kafka" ? servers.Kafka : servers.Graph;
            var settled = await scenario.LedgerSumAsync();
            server.Kill();
            await server.ExitedAsync(Cancellation);
            if (victim == "kafka")
                settled = await DrainedAsync(scenario);
            clock.Start();
            var restarting = server.RestartAsync(Cancellation);
            await SettledAsync(scenario, settled + 1);
            var elapsed = clock.Elapsed.TotalSeconds;
            await restarting;
            return elapsed;
        }
    }

    [Fact(Explicit = true)]
    public async Task A_backlog_of_ten_million_and_a_database_that_is_away_do_not_fill_the_memory()
    {
        await using var scenario = await Scenario.StartAsync(servers, Million, Cancellation);
        await scenario.RunAsync("producer", $"Producer:Messages={10 * Million}");
        await using var consumer = scenario.StartProcess("consumer");
        using var sampling = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var memory = SampleAsync(consumer.Id, sampling.Token);
        try
        {
            await SettledAsync(scenario, 200_000);
            servers.Graph.Terminate();
            await servers.Graph.ExitedAsync(Cancellation);
            var away = Stopwatch.StartNew();
            await Wait.UntilAsync("three minutes pass", s_timeout, () => Task.FromResult(away.Elapsed >= TimeSpan.FromMinutes(3) || consumer.HasExited), Cancellation);
            await servers.Graph.RestartAsync(Cancellation);
            var back = Stopwatch.StartNew();
            var settled = await scenario.LedgerSumAsync();
            await SettledAsync(scenario, settled + 1);
            output.WriteLine($"first commit {back.Elapsed.TotalSeconds:0.0} s after the database was back");
            await SettledAsync(scenario, settled + Million);
        }
        finally
        {
            await servers.MendAsync(Cancellation);
            await sampling.CancelAsync();
        }

        await consumer.StopInOrderAsync(Cancellation);
        var samples = await memory;
        output.WriteLine($"memory of the consumer, MiB: {string.Join(' ', samples.Where((_, i) => i % 10 == 0).Select(s => s >> 20))}; most {samples.Max() >> 20}");

        Assert.InRange(samples.Max(), 1, MaxMemory);
        Assert.Equal(1, consumer.Count("Partitions assigned"));
        Assert.Equal(1, consumer.Count("Partitions given up"));
    }

    // What the consumer had fetched before is settled without the broker: until the ledger stands still.
    private static async Task<long> DrainedAsync(Scenario scenario)
    {
        var (last, since) = (-1L, Stopwatch.StartNew());
        await Wait.UntilAsync(
            "the consumer has settled what it had",
            s_timeout,
            async () =>
            {
                var now = await scenario.LedgerSumAsync();
                if (now != last)
                    (last, since) = (now, Stopwatch.StartNew());
                return since.Elapsed > TimeSpan.FromSeconds(1);
            },
            Cancellation);
        return last;
    }

    private static async Task<List<long>> SampleAsync(int pid, CancellationToken cancellationToken)
    {
        var samples = new List<long>();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
                samples.Add(Resident(pid));
        }
        catch (OperationCanceledException)
        {
            // Enough.
        }

        return samples;
    }

    private static long Resident(int pid)
    {
        var line = File.ReadLines($"/proc/{pid}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) << 10;
    }

    private static Task SettledAsync(Scenario scenario, long messages) => Wait.UntilAsync(
        $"{messages} messages are settled", s_timeout, async () => await scenario.LedgerSumAsync() >= messages, Cancellation);
}
