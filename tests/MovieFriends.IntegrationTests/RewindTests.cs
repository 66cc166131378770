using System.Text.Json;
using MovieFriends.IntegrationTests.Infrastructure;
using Neo4j.Driver;
using Xunit;
using static MovieFriends.IntegrationTests.Infrastructure.Scenario;

namespace MovieFriends.IntegrationTests;

/// <summary>The ledger in the graph, and nothing else, says where reading goes on; moving it doubles nothing.</summary>
public sealed class RewindTests(RunningServers servers)
{
    private const string Modern = "The broker is too old: it has neither times of messages nor requests to change topics.";
    private const string Rewind = "Replayer:Mode=Rewind";
    private const string Apply = "Replayer:Apply=true";
    private const string ToBeginning = "Replayer:ToOffset=0";

    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_dry_run_says_from_where_to_where_and_moves_nothing()
    {
        await using var scenario = await ConsumedAsync(Charges(40));

        var report = await scenario.RunAsync("replayer", Rewind, ToBeginning);

        Assert.False(report.GetProperty("applied").GetBoolean());
        Assert.Equal(40, report.GetProperty("readAgain").GetInt64());
        Assert.Equal(0, report.GetProperty("skipped").GetInt64());
        Assert.All(report.GetProperty("partitions").EnumerateArray(), p => Assert.Equal(p.GetProperty("latest").GetInt64(), p.GetProperty("from").GetInt64()));
        Assert.Equal(40, await LedgerAsync(scenario));
        Assert.Equal(0, (await scenario.ConsumeAsync()).GetProperty("messages").GetInt64());
    }

    [Fact]
    [Trait(Suite.Trait, Suite.Compatibility)]
    public async Task Rewound_to_the_beginning_everything_is_read_again_and_graph_and_dead_letters_stay_as_they_are()
    {
        await using var scenario = await ConsumedAsync([.. Charges(40), Message(FirstUser, 50, Noon + 60), Message(FirstUser + 1, 60, Noon - 60), "rubbish", Message(77, 7, Noon)]);
        var charges = await scenario.ChargesAsync();

        var moved = await scenario.RunAsync("replayer", Rewind, Apply, ToBeginning);
        var consumed = await scenario.ConsumeAsync();

        Assert.Equal(44, moved.GetProperty("readAgain").GetInt64());
        Assert.Equal(44, consumed.GetProperty("messages").GetInt64());
        Assert.Equal(0, consumed.GetProperty("created").GetInt64());
        Assert.Equal(charges, await scenario.ChargesAsync());
        await scenario.VerifyAsync();
        if (servers.HasHeaders)
        {
            using var topics = new TopicProbe(servers);
            Assert.Equal(2, topics.Read(scenario.DeadLetters).Count);
        }
    }

    [Fact]
    public async Task Rewound_to_a_time_only_messages_from_then_on_are_read_again()
    {
        Assert.SkipUnless(servers.HasHeaders, Modern);
        await using var scenario = await ConsumedAsync(Charges(40));
        await scenario.ProduceAsync(Charges(8, Noon + Day));
        await scenario.ConsumeAsync();
        using var topics = new TopicProbe(servers);
        var time = topics.Read(scenario.Topic).Select(m => m.Message.Timestamp.UtcDateTime).Order().ElementAt(40);

        var moved = await scenario.RunAsync("replayer", Rewind, Apply, $"Replayer:ToTime={time:o}");
        var consumed = await scenario.ConsumeAsync();

        Assert.Equal(8, moved.GetProperty("readAgain").GetInt64());
        Assert.Equal(8, consumed.GetProperty("messages").GetInt64());
        Assert.Equal(0, consumed.GetProperty("created").GetInt64());
        await scenario.VerifyAsync();
        Assert.Equal(0, (await scenario.RunAsync("replayer", Rewind, "Replayer:ToTime=2100-01-01T00:00:00Z")).GetProperty("readAgain").GetInt64());
    }

    [Fact]
    public async Task A_consumer_that_is_idle_finds_its_new_place_by_itself()
    {
        await using var scenario = await StartAsync(servers, users: 100, Cancellation);
        await scenario.ProduceAsync(Charges(40));
        await using var consumer = scenario.Start("consumer", "Consumer:IdleCheckInterval=00:00:01");
        await LedgerIsAsync(scenario, 40);
        var charges = await scenario.ChargesAsync();

        var moved = await scenario.RunAsync("replayer", Rewind, Apply, ToBeginning);
        await LedgerIsAsync(scenario, 40);

        Assert.Equal(40, moved.GetProperty("readAgain").GetInt64());
        Assert.Equal(charges, await scenario.ChargesAsync());
        await scenario.VerifyAsync();
        Assert.Equal(80, await MessagesAsync(consumer));
    }

    [Fact]
    public async Task A_consumer_in_the_middle_of_its_work_is_sent_back_again_and_again_and_doubles_nothing()
    {
        await using var scenario = await StartAsync(servers, users: 2_000, Cancellation);
        await scenario.ProduceAsync(Enumerable.Range(0, 20_000).Select(i => Message(FirstUser + (i % 2_000), i % 50, Noon + (i / 2_000 * Day))));
        await using var consumer = scenario.Start("consumer", "Consumer:MaxBatchSize=50");
        var again = 0L;
        foreach (var far in new[] { 1_000, 3_000 })
        {
            await LedgerIsAsync(scenario, far, orMore: true);
            again += (await scenario.RunAsync("replayer", Rewind, Apply, ToBeginning)).GetProperty("readAgain").GetInt64();
        }

        await LedgerIsAsync(scenario, 20_000);

        Assert.True(again >= 4_000);
        Assert.Equal(20_000, (await scenario.VerifyAsync()).GetProperty("found").GetInt64());
        Assert.Equal(20_000 + again, await MessagesAsync(consumer));
    }

    [Fact]
    public async Task Moved_forward_it_skips_messages_and_says_how_many()
    {
        await using var scenario = await ConsumedAsync(Charges(40));
        var ends = (await scenario.RunAsync("replayer", Rewind, ToBeginning)).GetProperty("partitions").EnumerateArray().ToDictionary(p => p.GetProperty("partition").GetInt32(), p => p.GetProperty("latest").GetInt64());
        var (partition, end) = ends.MaxBy(e => e.Value);
        await scenario.ProduceAsync(Charges(40, Noon + Day));

        var moved = await scenario.RunAsync("replayer", Rewind, Apply, $"Replayer:Partition={partition}", $"Replayer:ToOffset={2 * end}");
        var consumed = await scenario.ConsumeAsync();

        Assert.Equal(end, moved.GetProperty("skipped").GetInt64());
        Assert.Equal(partition, Assert.Single(moved.GetProperty("partitions").EnumerateArray()).GetProperty("partition").GetInt32());
        Assert.Equal(40 - end, consumed.GetProperty("created").GetInt64());
    }

    [Theory]
    [Trait(Suite.Trait, Suite.Compatibility)]
    [InlineData("Replayer:ToOffset=1000000", "Offset 1000000 lies past the end of")]
    [InlineData("Replayer:Partition=9999", "has no partition 9999")]
    [InlineData("Replayer:ToTime=2026-01-01T00:00:00Z", "keeps no times of messages")]
    public async Task What_the_topic_does_not_have_is_refused_and_nothing_moves(string setting, string reason)
    {
        await using var scenario = await ConsumedAsync(Charges(4));
        string[] where = setting.Contains("Partition", StringComparison.Ordinal) ? [setting, ToBeginning] : [setting];

        await using var run = scenario.Start("replayer", [Rewind, Apply, .. where, "Topics:Headers=false"]);

        Assert.Equal(1, await run.ExitCodeAsync(Cancellation));
        await run.LineAsync(reason, Cancellation);
        Assert.Equal(4, await LedgerAsync(scenario));
    }

    [Fact]
    public async Task After_the_topic_was_deleted_and_created_again_a_rewind_to_the_beginning_reads_the_new_one()
    {
        Assert.SkipUnless(servers.HasHeaders, Modern);
        await using var scenario = await ConsumedAsync(["rubbish", .. Charges(40)]);
        using var topics = new TopicProbe(servers);
        await topics.DeleteAsync(scenario.Topic);
        await topics.CreateAsync(scenario.Topic, partitions: 4);
        await scenario.ProduceAsync(["rubbish", .. Charges(8, Noon + Day)]);

        await using (var refused = scenario.Start("consumer", "Consumer:StopAt=End"))
            Assert.Equal(1, await refused.ExitCodeAsync(Cancellation));
        await scenario.RunAsync("replayer", Rewind, Apply, ToBeginning);
        var consumed = await scenario.ConsumeAsync();

        Assert.Equal(8, consumed.GetProperty("created").GetInt64());
        Assert.Equal(48, (await scenario.ChargesAsync()).Count);
        Assert.Equal(2, topics.Read(scenario.DeadLetters).Count);
    }

    [Fact]
    [Trait(Suite.Trait, Suite.Slow)]
    public async Task Messages_that_retention_has_deleted_are_not_asked_for()
    {
        Assert.SkipUnless(servers.HasHeaders, Modern);
        await using var scenario = await ConsumedAsync(Charges(40));
        using var topics = new TopicProbe(servers);
        await topics.DeleteMessagesAsync(scenario.Topic, before: 3);

        var moved = await scenario.RunAsync("replayer", Rewind, Apply, ToBeginning);

        Assert.All(moved.GetProperty("partitions").EnumerateArray(), p => Assert.Equal(3, p.GetProperty("to").GetInt64()));
        Assert.Equal(40 - (4 * 3), (await scenario.ConsumeAsync()).GetProperty("messages").GetInt64());
    }

    [Fact]
    public async Task Another_consumer_group_reads_nothing_twice()
    {
        await using var scenario = await ConsumedAsync(Charges(40));
        await scenario.ProduceAsync(Charges(4, Noon + Day));

        var consumed = await scenario.ConsumeAsync("Consumer:GroupId=another");

        Assert.Equal((4, 4, 0), Counts(consumed));
        await scenario.VerifyAsync();
    }

    [Fact]
    public async Task A_group_whose_offsets_are_set_back_in_Kafka_reads_nothing_twice()
    {
        Assert.SkipUnless(servers.HasHeaders, Modern);
        await using var scenario = await ConsumedAsync(Charges(40));
        using var topics = new TopicProbe(servers);
        await topics.ResetGroupAsync("moviefriends", scenario.Topic);
        await scenario.ProduceAsync(Charges(4, Noon + Day));

        var consumed = await scenario.ConsumeAsync();

        Assert.Equal((4, 4, 0), Counts(consumed));
        await scenario.VerifyAsync();
    }

    private static IEnumerable<string> Charges(int count, double time = Noon) => Enumerable.Range(0, count).Select(i => Message(FirstUser + i, i, time));

    private static (long Messages, long Created, long Updated) Counts(JsonElement report) =>
        (report.GetProperty("messages").GetInt64(), report.GetProperty("created").GetInt64(), report.GetProperty("updated").GetInt64());

    private async Task<Scenario> ConsumedAsync(params IEnumerable<string> values)
    {
        var scenario = await StartAsync(servers, users: 100, Cancellation);
        await scenario.ProduceAsync(values);
        await scenario.ConsumeAsync();
        return scenario;
    }

    /// <summary>The ledger's offsets, over all partitions.</summary>
    private static async Task<long> LedgerAsync(Scenario scenario) =>
        (await scenario.QueryAsync("MATCH (o:KafkaOffset) RETURN sum(o.nextOffset) AS n"))[0]["n"].As<long>();

    private static Task<string> LedgerIsAsync(Scenario scenario, long offset, bool orMore = false) => Wait.UntilAsync(
        $"the ledger stands at {offset}",
        s_timeout,
        async () => await LedgerAsync(scenario) is var now && (orMore ? now >= offset : now == offset) ? "yes" : null,
        Cancellation);

    /// <summary>Stops the consumer in order and asks how many messages it has settled.</summary>
    private static async Task<long> MessagesAsync(InProcessService consumer) =>
        (await consumer.StopInOrderAsync(Cancellation)).GetProperty("messages").GetInt64();
}
