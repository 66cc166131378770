using System.Diagnostics;
using MovieFriends.Chaos.Network;
using MovieFriends.IntegrationTests.Infrastructure;
using Xunit;

namespace MovieFriends.IntegrationTests.Faults;

/// <summary>What is done to a producer, and what it meets.</summary>
public sealed class ProducerFaultTests(RunningServers servers)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    [Trait(Suite.Trait, Suite.Compatibility)]
    public async Task A_producer_that_is_asked_to_stop_has_every_message_confirmed()
    {
        await using var scenario = await Scenario.StartAsync(servers, users: 1, Cancellation);
        await using var producer = scenario.StartProcess("producer", "Producer:Mode=Live", "Producer:Rate=5000");
        await scenario.TopicReachesAsync(5_000, Cancellation);

        var report = await producer.StopInOrderAsync(Cancellation);

        Assert.Equal(0, report.GetProperty("failed").GetInt64());
        Assert.Equal(scenario.ReadTopic(scenario.Topic).Count, report.GetProperty("messages").GetInt64());
    }

    [Fact]
    [Trait(Suite.Trait, Suite.Slow)]
    public async Task A_broker_that_is_killed_under_a_producer_has_every_message_once()
    {
        Assert.SkipUnless(servers.HasHeaders, "A broker before Kafka 0.11 cannot tell a message that is sent again.");
        await using var scenario = await Scenario.StartAsync(servers, users: 1, Cancellation);
        await using var producer = scenario.Start("producer", "Producer:Mode=Live", "Producer:Rate=20000");
        try
        {
            await scenario.TopicReachesAsync(20_000, Cancellation);
            servers.Kafka.Kill();
            await servers.Kafka.RestartAsync(Cancellation);
            await scenario.TopicReachesAsync(60_000, Cancellation);
        }
        finally
        {
            await servers.MendAsync(Cancellation);
        }

        var report = await producer.StopInOrderAsync(Cancellation);

        Assert.Equal(scenario.ReadTopic(scenario.Topic).Count, report.GetProperty("messages").GetInt64());
    }

    [Fact]
    public async Task A_connection_that_breaks_under_a_producer_costs_and_doubles_nothing()
    {
        Assert.SkipUnless(servers.HasHeaders, "A broker before Kafka 0.11 cannot tell a message that is sent again.");
        await using var scenario = await Scenario.StartAsync(servers, users: 1, Cancellation);
        await using var producer = scenario.Start("producer", "Producer:Mode=Live", "Producer:Rate=20000");
        await scenario.TopicReachesAsync(10_000, Cancellation);
        for (var i = 1; i <= 5; i++)
        {
            // Answers are lost with the connection, so that messages which have arrived are sent again.
            servers.KafkaLink.DropConnections();
            await scenario.TopicReachesAsync(10_000 + (i * 10_000), Cancellation);
        }

        var report = await producer.StopInOrderAsync(Cancellation);

        Assert.Equal(scenario.ReadTopic(scenario.Topic).Count, report.GetProperty("messages").GetInt64());
    }

    [Fact]
    public async Task While_a_broker_has_not_answered_no_more_messages_go_to_it()
    {
        var direction = TimeSpan.FromMilliseconds(300);
        await using var scenario = await Scenario.StartAsync(servers, users: 1, Cancellation);
        await using var producer = scenario.Start("producer", "Producer:Mode=Live", "Producer:Rate=500");
        await scenario.TopicReachesAsync(100, Cancellation);
        try
        {
            servers.KafkaLink.Delay(direction, TimeSpan.Zero);
            var started = Stopwatch.StartNew();
            var requests = 0;
            _ = servers.KafkaLink.LoseAnswerAsync(bytes =>
            {
                Interlocked.Add(ref requests, KafkaRequests.CountProduce(bytes.Span));
                return false;
            });
            await Wait.UntilAsync("ten requests are sent", TimeSpan.FromSeconds(60), () => Task.FromResult(Volatile.Read(ref requests) >= 10), Cancellation);

            // Each there and back before the next; those that were sent before the delay are among the first.
            Assert.True(started.Elapsed >= 7 * (2 * direction), $"{requests} requests within {started.Elapsed.TotalSeconds:0.0} s");
        }
        finally
        {
            await servers.MendAsync(Cancellation);
        }

        var report = await producer.StopInOrderAsync(Cancellation);
        Assert.Equal(scenario.ReadTopic(scenario.Topic).Count, report.GetProperty("messages").GetInt64());
    }

    [Fact]
    public async Task A_producer_that_is_killed_leaves_a_topic_that_goes_into_the_graph()
    {
        await using var scenario = await Scenario.StartAsync(servers, users: 1_000, Cancellation);
        await using (scenario.StartProcess("producer", "Producer:Mode=Live", "Producer:Rate=5000", "Producer:Users=1000"))
            await scenario.TopicReachesAsync(5_000, Cancellation);

        await scenario.ConsumeAsync();
        await scenario.VerifyAsync();
    }
}
