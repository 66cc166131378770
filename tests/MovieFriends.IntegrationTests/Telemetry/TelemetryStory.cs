using MovieFriends.Chaos.Network;
using MovieFriends.Chaos.Processes;
using MovieFriends.IntegrationTests.Infrastructure;
using Xunit;
using static MovieFriends.IntegrationTests.Infrastructure.Scenario;

namespace MovieFriends.IntegrationTests.Telemetry;

/// <summary>
/// Everything that can happen to a batch, once, in real services that export to a collector of this process by OTLP. Each consumer exports
/// under a name that says what happens to it.
/// </summary>
public sealed class TelemetryStory(RunningServers servers) : IAsyncLifetime
{
    private const int Users = 50;
    private const int Partitions = 4;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    internal TelemetryCollector Collector { get; private set; } = null!;

    internal string Topic { get; private set; } = string.Empty;

    /// <summary>Whether messages can tell where they come from.</summary>
    public bool HasHeaders => servers.HasHeaders;

    public async ValueTask InitializeAsync()
    {
        Collector = await TelemetryCollector.StartAsync(Cancellation);
        await using var scenario = await Scenario.StartAsync(servers, Users, Cancellation, seed: false);
        Topic = scenario.Topic;
        await RunAsync(scenario, "seeder", "seeder");
        await RunAsync(scenario, "producer", "producer", "Producer:Mode=Load", $"Producer:Messages={Users}", $"Producer:Users={Users}");

        // Two transactions could deadlock, and a batch that is tried again is another story.
        await RunAsync(scenario, "good", "consumer", "Consumer:StopAt=End", "Consumer:MaxTransactions=1");
        await RunAsync(scenario, "verifier", "verifier");
        await RunRetriedAsync(scenario);
        await RunPoisonedAsync(scenario);
        await RunFencedAsync(scenario);
    }

    /// <summary>The partitions whose lag a consumer has exported at any time.</summary>
    internal HashSet<string?> LagPartitions(string consumer) =>
        [.. Collector.Metrics.Where(m => m.Service == consumer && m.Item.Name == "moviefriends.consumer.lag")
            .SelectMany(m => m.Item.Points()).Select(p => p.Value("messaging.destination.partition.id"))];

    public ValueTask DisposeAsync() => Collector.DisposeAsync();

    private async Task RunRetriedAsync(Scenario scenario)
    {
        await scenario.ProduceAsync(Message(FirstUser, 5, Noon + Day));
        var lost = servers.GraphLink.LoseAnswerAsync(BoltRequests.CreatesCharges);
        await RunAsync(scenario, "retried", "consumer", "Consumer:StopAt=End");
        Assert.True(lost.IsCompletedSuccessfully);
    }

    // One row that the database refuses, one that is no charge, one of an unknown user, and others.
    private async Task RunPoisonedAsync(Scenario scenario)
    {
        await scenario.CreateConstraintAsync("DailyCharge", "amountUSD");
        try
        {
            var charges = Enumerable.Range(0, 8).Select(i => Message(FirstUser, 100 + (i == 5 ? 4 : i), Noon + ((10 + i) * Day)));
            await scenario.ProduceAsync([.. charges, $"{FirstUser},rubbish,1", Message(FirstUser + Users, 200, Noon)]);
            await RunAsync(scenario, "poisoned", "consumer", "Consumer:StopAt=End");
        }
        finally
        {
            await scenario.DropConstraintAsync("DailyCharge", "amountUSD");
        }
    }

    // The ledger moves under a consumer that is idle, and it hears of it with its next batch.
    private async Task RunFencedAsync(Scenario scenario)
    {
        await using var consumer = Start(scenario, "fenced", "consumer");
        await scenario.ProduceAsync(Message(FirstUser, 7, Noon + (20 * Day)));
        await consumer.LineAsync("nodes and", Cancellation);
        await LagsAreExportedAsync("fenced");
        await scenario.QueryAsync("MATCH (o:KafkaOffset) WHERE o.nextOffset > 0 SET o.nextOffset = o.nextOffset - 1");
        await scenario.ProduceAsync(Message(FirstUser, 8, Noon + (21 * Day)));
        await consumer.LineAsync("is given up: the ledger stands at", Cancellation);

        // Reading goes on from the ledger. A consumer that is stopped before that has ended gives a second batch up, for another reason.
        await Wait.UntilAsync(
            "the charge of the batch that was given up is in the graph",
            TimeSpan.FromSeconds(30),
            async () => (await scenario.QueryAsync("MATCH (:User {userId: $user})-->(c:DailyCharge {createdDate: $noon}) RETURN c", new { user = FirstUser, noon = Noon + (21 * Day) })).Count == 1,
            Cancellation);
        await consumer.StopInOrderAsync(Cancellation);
    }

    // A partition that is given up has none, and all this can be over before the first export.
    private Task LagsAreExportedAsync(string consumer) => Wait.UntilAsync(
        "the lag of each partition is exported", TimeSpan.FromSeconds(30), () => Task.FromResult(LagPartitions(consumer).Count == Partitions), Cancellation);

    private async Task RunAsync(Scenario scenario, string name, string service, params string[] settings)
    {
        await using var process = Start(scenario, name, service, settings);
        await process.ReportAsync(Cancellation);
    }

    private ServiceProcess Start(Scenario scenario, string name, string service, params string[] settings) =>
        scenario.StartProcess(service, [.. Collector.Settings(name), .. settings]);
}
