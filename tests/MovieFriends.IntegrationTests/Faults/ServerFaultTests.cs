using System.Text.RegularExpressions;
using Confluent.Kafka;
using MovieFriends.Chaos.Processes;
using MovieFriends.Chaos.Servers;
using MovieFriends.IntegrationTests.Infrastructure;
using MovieFriends.Kafka;
using Xunit;

namespace MovieFriends.IntegrationTests.Faults;

/// <summary>What happens to servers and to the network while charges are streaming. Producer and consumer stay as they are: nobody starts them again.</summary>
public sealed partial class ServerFaultTests(RunningServers servers)
{
    private const int Users = 500;
    private const string Away = "The graph cannot be written now";
    private const string Back = "The graph can be written again";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    [Trait(Suite.Trait, Suite.Slow)]
    [Trait(Suite.Trait, Suite.Compatibility)]
    public Task Servers_that_are_killed_and_come_back_cost_nothing() => StreamThroughAsync(
        [
            new("Kafka is killed", _ => RestartAsync(servers.Kafka, servers.Kafka.Kill)),
            new("the database is killed", stream => GraphIsAwayAsync(stream, servers.Graph.Kill, () => servers.Graph.RestartAsync(Cancellation))),
        ]);

    /// <summary>A partition has no in-sync replica for a moment then, and an admin client that hears so is not to be asked again.</summary>
    [Fact]
    public async Task Questions_for_the_id_of_a_topic_end_while_the_broker_stops_and_starts()
    {
        await using var scenario = await Scenario.StartAsync(servers, Users, Cancellation);
        await scenario.ProduceAsync(Scenario.Message(Scenario.FirstUser, 1, Scenario.Noon));

        // It is connected again at once, so as to ask in that moment.
        var config = KafkaClientSettings.Consumer(servers.Environment);
        (config.GroupId, config.ReconnectBackoffMs, config.ReconnectBackoffMaxMs) = (scenario.Topic, 10, 30);
        using var client = new ConsumerBuilder<byte[], byte[]>(config).SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
        using var ids = new TopicIds(client.Handle);
        var topic = new TopicSettings(scenario.Topic, scenario.DeadLetters, 4, 1, Create: false, Headers: true);
        var id = await ids.ReadAsync(topic);

        var restarting = RestartAsync(servers.Kafka, servers.Kafka.Terminate);
        var unanswered = 0;
        while (!restarting.IsCompleted)
        {
            try
            {
                Assert.Equal(id, await ids.ReadAsync(topic).WaitAsync(TimeSpan.FromSeconds(20), Cancellation));
            }
            catch (KafkaException)
            {
                unanswered++;
            }
        }

        await restarting;
        Assert.NotEqual(0, unanswered);
        await Wait.UntilAsync("the broker says again which topic it is", TimeSpan.FromSeconds(30), async () => await ids.ReadAsync(topic) == id, Cancellation);
    }

    [Fact]
    public Task Networks_that_are_cut_or_slow_cost_nothing() => StreamThroughAsync(
        [
            new("the network to Kafka is cut", async stream =>
            {
                servers.KafkaLink.Cut();
                await stream.Consumer.LineAsync("Kafka does not answer", Cancellation);
                servers.KafkaLink.Restore();
            }),
            new("the network to the database is cut", stream => GraphIsAwayAsync(stream, servers.GraphLink.Cut, () =>
            {
                servers.GraphLink.Restore();
                return Task.CompletedTask;
            })),
            new("both networks are slow", async stream =>
            {
                servers.GraphLink.Delay(TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(100));
                servers.KafkaLink.Delay(TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(100));
                await stream.SettledAsync(1_000);
                servers.GraphLink.Restore();
                servers.KafkaLink.Restore();
            }),
        ]);

    private static async Task RestartAsync(Server server, Action end)
    {
        end();
        await server.RestartAsync(Cancellation);
    }

    // Said once when it went and once when it was back, whatever was tried in between: also by a consumer that is about to get its partitions back.
    private static async Task GraphIsAwayAsync(Stream stream, Action end, Func<Task> mendAsync)
    {
        var before = Said().Count();
        end();
        await stream.UntilAsync($"the consumer writes '{Away}'", () => Task.FromResult(Said().Count() > before));
        await mendAsync();
        await stream.UntilAsync($"the consumer writes '{Back}'", () => Task.FromResult(Said().Last().Contains(Back, StringComparison.Ordinal)));
        var said = Said().Skip(before).ToList();
        Assert.Equal(2, said.Count);
        Assert.All(said, (line, index) => Assert.Contains(index % 2 == 0 ? Away : Back, line, StringComparison.Ordinal));

        IEnumerable<string> Said() => stream.Consumer.Log.Where(line => line.Contains(Away, StringComparison.Ordinal) || line.Contains(Back, StringComparison.Ordinal));
    }

    // One stream before, between and after the faults; then everything that the producer has sent must be in the graph.
    private async Task StreamThroughAsync(Fault[] faults)
    {
        await using var scenario = await Scenario.StartAsync(servers, Users, Cancellation);
        await using var stream = new Stream(scenario);
        await stream.SettledAsync(500);
        foreach (var fault in faults)
        {
            try
            {
                await fault.HappenAsync(stream);
                await stream.SettledAsync(1_000);
            }
            catch (Exception exception)
            {
                await servers.MendAsync(Cancellation);
                throw new InvalidOperationException($"When {fault.What}: {exception.Message}", exception);
            }
        }

        var produced = await stream.Producer.StopInOrderAsync(Cancellation);
        var verified = await scenario.VerifyAsync("Verifier:WaitSeconds=60");
        var consumed = await stream.Consumer.StopInOrderAsync(Cancellation);

        Assert.Equal(0, produced.GetProperty("failed").GetInt64());
        Assert.True(verified.GetProperty("ok").GetBoolean());
        var sent = scenario.ReadTopic(scenario.Topic).Count;
        Assert.Equal(sent, await scenario.LedgerSumAsync());
        if (servers.HasHeaders)
            Assert.Equal(produced.GetProperty("messages").GetInt64(), sent);

        // A batch that is given up with its partition, and is in the graph all the same, is not in the consumer's own count; none is there twice.
        Assert.InRange(consumed.GetProperty("messages").GetInt64(), sent * 9 / 10, sent);
    }

    // How far a service is says nothing of what keeps it.
    [GeneratedRegex(@"\] (produce|consume): \d+ messages, ")]
    private static partial Regex Progress();

    private sealed record Fault(string What, Func<Stream, Task> HappenAsync);

    /// <summary>A producer, a consumer, and what they bring into the graph.</summary>
    private sealed class Stream(Scenario scenario) : IAsyncDisposable
    {
        public InProcessService Producer { get; } = scenario.Start("producer", "Producer:Mode=Live", "Producer:Rate=500", $"Producer:Users={Users}");

        public InProcessService Consumer { get; } = scenario.Start("consumer");

        public async Task SettledAsync(long more)
        {
            var before = await scenario.LedgerSumAsync();
            await UntilAsync($"{more} more messages are settled", async () => await scenario.LedgerSumAsync() >= before + more);
        }

        public async Task UntilAsync(string what, Func<Task<bool>> condition)
        {
            try
            {
                await Wait.UntilAsync(what, TimeSpan.FromMinutes(2), condition, Cancellation);
            }
            catch (TimeoutException exception)
            {
                var logs = new IRunningService[] { Producer, Consumer }.Select(service => $"The {service.Service} wrote:\n{string.Join('\n', service.Log.Where(line => !Progress().IsMatch(line)).TakeLast(40))}");
                throw new TimeoutException(string.Join('\n', [$"{exception.Message} The topic has {scenario.ReadTopic(scenario.Topic).Count} messages, and the ledger stands at {await scenario.LedgerSumAsync()}.", .. logs]));
            }
        }

        public async ValueTask DisposeAsync()
        {
            await Producer.DisposeAsync();
            await Consumer.DisposeAsync();
        }
    }
}
