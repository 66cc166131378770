using System.Diagnostics;
using MovieFriends.Chaos.Network;
using MovieFriends.Chaos.Processes;
using MovieFriends.IntegrationTests.Infrastructure;
using Neo4j.Driver;
using Xunit;
using static MovieFriends.IntegrationTests.Infrastructure.Scenario;

namespace MovieFriends.IntegrationTests.Faults;

/// <summary>Consumers that come and go.</summary>
public sealed class RebalanceTests(RunningServers servers)
{
    private const int Users = 1_000;
    private const int Consumers = 3;
    private const string Assigned = "Partitions assigned: ";
    private const string Protocol = "Aspire__Confluent__Kafka__Consumer__Config__GroupProtocol";
    private const string OlderProtocol = "Aspire:Confluent:Kafka:Consumer:Config:GroupProtocol=Classic";
    private static readonly TimeSpan s_longestStall = TimeSpan.FromSeconds(10);

    // Nobody else takes a static member's partitions: they stand still until its process has started, on a busy machine, too.
    private static readonly TimeSpan s_longestRestart = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_rolling_restart_under_load_loses_nothing_and_stalls_no_partition_for_long(bool staticMembership)
    {
        Assert.SkipUnless(servers.HasHeaders || !staticMembership, "Static membership came with Kafka 2.3.");
        await using var scenario = await Scenario.StartAsync(servers, Users, Cancellation);
        await using var producer = scenario.Start("producer", "Producer:Mode=Live", "Producer:Rate=1000", $"Producer:Users={Users}");
        var consumers = Enumerable.Range(0, Consumers).Select(Start).ToArray();
        try
        {
            foreach (var consumer in consumers)
                await HasWrittenAsync(scenario, consumer);

            using var sampling = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
            var stalls = SampleAsync(scenario, sampling.Token);
            for (var i = 0; i < Consumers; i++)
            {
                await consumers[i].StopInOrderAsync(Cancellation);
                consumers[i] = Start(i);
                await HasWrittenAsync(scenario, consumers[i]);
            }

            await sampling.CancelAsync();
            var longest = await stalls;
            await producer.StopInOrderAsync(Cancellation);
            await scenario.VerifyAsync("Verifier:WaitSeconds=60");

            TestContext.Current.TestOutputHelper?.WriteLine($"Longest stalls of partitions: {string.Join(", ", longest.Select(s => $"{s.TotalSeconds:0.0} s"))}");
            Assert.All(longest, stall => Assert.InRange(stall, TimeSpan.Zero, staticMembership ? s_longestRestart : s_longestStall));
            Assert.All(consumers, consumer => Assert.Equal(0, consumer.Count("is given up: the ledger stands at")));
        }
        finally
        {
            foreach (var consumer in consumers)
                await consumer.DisposeAsync();
        }

        ServiceProcess Start(int i) => scenario.StartProcess("consumer", staticMembership ? [$"Consumer:InstanceId=consumer-{i}"] : []);
    }

    [Fact]
    public async Task A_killed_consumer_gets_its_partitions_back_under_its_name()
    {
        Assert.SkipUnless(servers.HasHeaders, "Static membership came with Kafka 2.3.");
        await using var scenario = await Scenario.StartAsync(servers, Users, Cancellation);
        await using var killed = scenario.StartProcess("consumer", "Consumer:InstanceId=consumer");
        await scenario.ProduceAsync(Enumerable.Range(0, Users).Select(user => Message(FirstUser + user, 1, Noon)));
        await scenario.ChargesReachAsync(Users, killed);

        // Another one of that name waits, and goes when it is told to.
        await using var second = scenario.Start("consumer", "Consumer:InstanceId=consumer");
        await second.LineAsync("Consumer:InstanceId consumer is still used in the group", Cancellation);
        second.Terminate();
        Assert.Equal(0, await second.ExitCodeAsync(Cancellation));

        killed.Kill();
        await killed.ExitCodeAsync(Cancellation);
        await scenario.ProduceAsync(Enumerable.Range(0, Users).Select(user => Message(FirstUser + user, 2, Noon + Day)));
        await using var next = scenario.Start("consumer", "Consumer:InstanceId=consumer");
        await scenario.ChargesReachAsync(2 * Users, next);
        await scenario.VerifyAsync();
    }

    [Fact]
    public async Task With_the_older_protocol_a_newer_consumer_takes_the_name_and_the_older_one_ends()
    {
        Assert.SkipUnless(servers.HasHeaders, "Static membership came with Kafka 2.3.");
        await using var scenario = await Scenario.StartAsync(servers, Users, Cancellation);
        await using var older = Start();
        await older.LineAsync(Assigned, Cancellation);
        await using var newer = Start();

        Assert.Equal(1, await older.ExitCodeAsync(Cancellation));
        Assert.Equal(1, older.Count($"Kafka refuses (reading topic {scenario.Topic} in group {scenario.Topic}): "));
        await scenario.ProduceAsync(Enumerable.Range(0, Users).Select(user => Message(FirstUser + user, 1, Noon)));
        await scenario.ChargesReachAsync(Users, newer);

        // In a group of its own: a named member of the older protocol stays in its group for a while after it has gone, and others would wait for that.
        InProcessService Start() => scenario.Start("consumer", $"Consumer:GroupId={scenario.Topic}", "Consumer:InstanceId=consumer", OlderProtocol);
    }

    [Fact]
    public async Task A_consumer_waits_until_the_members_of_the_older_protocol_have_left_its_group()
    {
        Assert.SkipUnless(servers.Environment.ContainsKey(Protocol), "The newer group protocol came with Kafka 4.0.");
        await using var scenario = await Scenario.StartAsync(servers, Users, Cancellation);
        var group = $"Consumer:GroupId={scenario.Topic}";
        await using var older = scenario.Start("consumer", group, OlderProtocol);
        await older.LineAsync(Assigned, Cancellation);
        await using var second = scenario.Start("consumer", group, OlderProtocol);
        await second.LineAsync(Assigned, Cancellation);
        await using var newer = scenario.Start("consumer", group);
        await newer.LineAsync($"Group {scenario.Topic} does not let this consumer in", Cancellation);

        // Until then the others work on.
        await scenario.ProduceAsync(Enumerable.Range(0, Users).Select(user => Message(FirstUser + user, 1, Noon)));
        await scenario.ChargesReachAsync(Users, older, second);
        Assert.Equal(0, newer.Count(Assigned));

        await StopAsync(older);
        await StopAsync(second);
        await newer.LineAsync(Assigned, Cancellation);
        await scenario.ProduceAsync(Enumerable.Range(0, Users).Select(user => Message(FirstUser + user, 2, Noon + Day)));
        await scenario.ChargesReachAsync(2 * Users, newer);
        await scenario.VerifyAsync();
    }

    [Fact]
    public async Task A_consumer_joins_its_group_only_once_the_database_answers()
    {
        await using var scenario = await Scenario.StartAsync(servers, Users, Cancellation);
        await using var working = scenario.Start("consumer", $"ConnectionStrings:graph={servers.DirectEnvironment["ConnectionStrings__graph"]}");
        await working.LineAsync(Assigned, Cancellation);
        var stalled = servers.GraphLink.StallAtAsync(BoltRequests.WarmsUp);
        await using var late = scenario.Start("consumer");
        await stalled.WaitAsync(s_timeout, Cancellation);

        // Nobody takes a partition from the one that works.
        await scenario.ProduceAsync(Enumerable.Range(0, Users).Select(user => Message(FirstUser + user, 1, Noon)));
        await scenario.ChargesReachAsync(Users, working);
        Assert.Equal((0, 0), (working.Count("Partitions given up"), late.Count(Assigned)));

        servers.GraphLink.Restore();
        await late.LineAsync(Assigned, Cancellation);
        await scenario.VerifyAsync();
    }

    private static async Task StopAsync(InProcessService consumer)
    {
        consumer.Terminate();
        Assert.Equal(0, await consumer.ExitCodeAsync(Cancellation));
    }

    private static Task HasWrittenAsync(Scenario scenario, ServiceProcess consumer) => Wait.UntilAsync(
        $"consumer {consumer.Id} has partitions and writes",
        s_timeout,
        async () => (await scenario.QueryAsync("MATCH (o:KafkaOffset) RETURN o.owner AS owner")).Exists(r => r["owner"].As<string>().Split('/')[1] == $"{consumer.Id}"),
        Cancellation);

    // For each partition the longest time in which its ledger did not move; there are new messages all the time.
    private static async Task<List<TimeSpan>> SampleAsync(Scenario scenario, CancellationToken cancellationToken)
    {
        var places = new Dictionary<int, (long Next, long Since, TimeSpan Longest)>();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                foreach (var (partition, next) in await scenario.LedgerAsync())
                {
                    if (!places.TryGetValue(partition, out var place))
                        place = (next, Stopwatch.GetTimestamp(), TimeSpan.Zero);
                    var stall = Stopwatch.GetElapsedTime(place.Since);
                    var longest = stall > place.Longest ? stall : place.Longest;
                    places[partition] = place.Next == next ? (next, place.Since, longest) : (next, Stopwatch.GetTimestamp(), longest);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Enough.
        }

        return [.. places.Values.Select(p => p.Longest)];
    }
}
