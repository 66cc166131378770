using MovieFriends.Chaos.Processes;
using MovieFriends.Chaos.Servers;
using MovieFriends.IntegrationTests.Infrastructure;
using Xunit;

namespace MovieFriends.IntegrationTests.Faults;

/// <summary>What happens to servers and to the network while charges are streaming. Producer and consumer stay as they are: nobody starts them again.</summary>
public sealed class ServerFaultTests(RunningServers servers)
{
    private const int Users = 500;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("kafka", "kill")]
    [InlineData("kafka", "terminate")]
    [InlineData("kafka", "pause")]
    [InlineData("graph", "kill")]
    [InlineData("graph", "terminate")]
    [InlineData("graph", "pause")]
    public Task A_server_that_goes_and_comes_back_costs_nothing(string server, string fault) => StreamThroughAsync(async (consumer, settled) =>
    {
        var victim = server == "kafka" ? servers.Kafka : servers.Graph;
        if (fault == "pause")
        {
            victim.Pause();
            await UnansweredAsync(victim);
            victim.Continue();
            return;
        }

        (fault == "kill" ? (Action)victim.Kill : victim.Terminate)();
        await victim.RestartAsync(Cancellation);
        if (server != "graph")
            return;

        // Said once when it went and once when it was back, whatever was tried in between.
        await consumer.LineAsync("The graph can be written again", Cancellation);
        Assert.Equal(1, consumer.Count("The graph cannot be written now"));
    });

    [Fact]
    public Task A_network_to_Kafka_that_is_cut_costs_nothing() => StreamThroughAsync(async (consumer, settled) =>
    {
        servers.KafkaLink.Cut();
        await consumer.LineAsync("Kafka does not answer", Cancellation);
        servers.KafkaLink.Restore();
    });

    [Fact]
    public Task A_network_to_the_database_that_is_cut_costs_nothing() => StreamThroughAsync(async (consumer, settled) =>
    {
        servers.GraphLink.Cut();
        await consumer.LineAsync("The graph cannot be written now", Cancellation);
        servers.GraphLink.Restore();
        await consumer.LineAsync("The graph can be written again", Cancellation);
    });

    [Fact]
    public Task A_network_that_is_slow_slows_and_costs_nothing() => StreamThroughAsync(async (consumer, settled) =>
    {
        servers.GraphLink.Delay(TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(100));
        servers.KafkaLink.Delay(TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(100));
        await settled(1_000);
        servers.GraphLink.Restore();
        servers.KafkaLink.Restore();
    });

    // A stream before, during and after the fault; then everything that the producer has sent must be in the graph.
    private async Task StreamThroughAsync(Func<InProcessService, Func<long, Task>, Task> faultAsync)
    {
        await using var scenario = await Scenario.StartAsync(servers, Users, Cancellation);
        await using var producer = scenario.Start("producer", "Producer:Mode=Live", "Producer:Rate=500", $"Producer:Users={Users}");
        await using var consumer = scenario.Start("consumer");
        try
        {
            await SettledAsync(500);
            await faultAsync(consumer, SettledAsync);
            await SettledAsync(1_000);
        }
        finally
        {
            await servers.MendAsync(Cancellation);
        }

        var produced = await producer.StopInOrderAsync(Cancellation);
        var verified = await scenario.VerifyAsync("Verifier:WaitSeconds=60");
        var consumed = await consumer.StopInOrderAsync(Cancellation);

        Assert.Equal(0, produced.GetProperty("failed").GetInt64());
        Assert.True(verified.GetProperty("ok").GetBoolean());
        Assert.Equal(scenario.ReadTopic(scenario.Topic).Count, consumed.GetProperty("messages").GetInt64());
        if (servers.HasHeaders)
            Assert.Equal(produced.GetProperty("messages").GetInt64(), consumed.GetProperty("messages").GetInt64());

        async Task SettledAsync(long more)
        {
            var before = await scenario.LedgerSumAsync();
            try
            {
                await Wait.UntilAsync($"{more} more messages are settled", TimeSpan.FromMinutes(2), async () => await scenario.LedgerSumAsync() >= before + more, Cancellation);
            }
            catch (TimeoutException exception)
            {
                var logs = new IRunningService[] { producer, consumer }.Select(process => $"The {process.Service} wrote:\n{string.Join('\n', process.Log.TakeLast(20))}");
                throw new TimeoutException(string.Join('\n', [exception.Message, .. logs]));
            }
        }
    }

    private static Task UnansweredAsync(Server server) =>
        Wait.UntilAsync($"{server.Name} does not answer", TimeSpan.FromSeconds(30), async () => !await server.AnswersAsync(Cancellation), Cancellation);
}
