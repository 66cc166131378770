using MovieFriends.Chaos.Processes;
using MovieFriends.Contracts.Graph;
using MovieFriends.IntegrationTests.Infrastructure;
using MovieFriends.Kafka;
using MovieFriends.KafkaToNeo4j;
using MovieFriends.KafkaToNeo4j.Ledger;
using MovieFriends.KafkaToNeo4j.Ports;
using MovieFriends.Neo4j;
using Neo4j.Driver;
using Xunit;
using static MovieFriends.IntegrationTests.Infrastructure.Scenario;

namespace MovieFriends.IntegrationTests.Faults;

/// <summary>A topic that is deleted and created again, and a consumer that is to go on with it: nothing of the new one is left out, and nothing is doubled.</summary>
public sealed class NewTopicTests(RunningServers servers)
{
    private const int Users = 500;
    private const int Partitions = 4;
    private const string StartOver = "Consumer:OnNewTopic=StartOver";
    private const string StartsOver = ", and starts over at offset 0 of topic id";
    private const string StartsAnew = "The consumer starts anew with the new one";

    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task At_its_start_a_consumer_reads_the_new_topic_from_its_beginning_and_recognises_charges_and_sends_dead_letters_of_both()
    {
        await using var scenario = await StartAsync(["rubbish", .. Charges(0, 400, day: 0)]);
        await scenario.ConsumeAsync();
        await CreateAgainAsync(scenario);
        await scenario.ProduceAsync(["rubbish", .. Charges(0, 100, day: 0), .. Charges(0, 400, day: 1)]);

        await using var consumer = scenario.Start("consumer", StartOver, "Consumer:StopAt=End");
        var report = await consumer.ReportAsync(Cancellation);

        Assert.Equal(Partitions, consumer.Count(StartsOver));
        Assert.Equal(501, report.GetProperty("messages").GetInt64());
        Assert.Equal(400, report.GetProperty("created").GetInt64());
        Assert.Equal(800, await scenario.ChargeCountAsync());
        Assert.Equal(2, scenario.AllDeadLetters().Count);
        Assert.Equal(501, (await scenario.LedgerAsync()).Values.Sum());

        // It is one start over, not one at each start.
        await using var again = scenario.Start("consumer", StartOver, "Consumer:StopAt=End");
        Assert.Equal(0, (await again.ReportAsync(Cancellation)).GetProperty("messages").GetInt64());
        Assert.Equal(0, again.Count(StartsOver));
    }

    [Fact]
    public async Task Afterwards_the_verifier_does_not_judge_what_only_the_earlier_topic_can_have_made()
    {
        await using var scenario = await StartAsync([.. Charges(0, 40, day: 0)]);
        await scenario.ConsumeAsync();
        await CreateAgainAsync(scenario);
        await scenario.ProduceAsync(Charges(30, 60, day: 0));
        await scenario.ConsumeAsync(StartOver);

        await using var verifier = scenario.Start("verifier");

        Assert.True((await verifier.ReportAsync(Cancellation)).GetProperty("ok").GetBoolean());
        Assert.Equal(1, verifier.Count("30 charges that no message here makes are not judged: the topic was deleted and created again, and the graph has messages of the earlier one, too."));
        await scenario.QueryAsync("MATCH (c:DailyCharge {userId: $user}) DETACH DELETE c", new { user = FirstUser + 59 });
        await using var missing = scenario.Start("verifier");
        Assert.Equal(1, await missing.ExitCodeAsync(Cancellation));
    }

    // By this protocol partitions are assigned by the topic's name, not by its id: only the consumer's own look tells.
    [Fact]
    public async Task While_it_runs_a_consumer_goes_on_with_the_new_topic_and_nothing_is_doubled()
    {
        await using var scenario = await StartAsync([.. Charges(0, 400, day: 0)]);
        await using var consumer = scenario.Start("consumer", StartOver, "Aspire:Confluent:Kafka:Consumer:Config:GroupProtocol=Classic");
        await scenario.ChargesReachAsync(400, consumer);
        await CreateAgainAsync(scenario);
        await scenario.ProduceAsync([.. Charges(0, 200, day: 0), .. Charges(0, 500, day: 1)]);

        await scenario.ChargesReachAsync(900, consumer);
        await LedgerIsAsync(scenario, 700);
        await consumer.LineAsync(StartsAnew, Cancellation);
        await consumer.StopInOrderAsync(Cancellation);

        Assert.Equal((Partitions, 1), (consumer.Count(StartsOver), consumer.Count(StartsAnew)));
        Assert.Equal(900, await scenario.ChargeCountAsync());
        await scenario.VerifyAsync();
    }

    [Fact]
    public async Task A_dead_letter_topic_that_is_new_is_looked_through_as_a_whole_so_that_a_crash_sends_no_dead_letter_again()
    {
        await using var scenario = await StartAsync(Rubbish(0, 40));
        await scenario.ConsumeAsync();
        using (var topics = new TopicProbe(servers))
        {
            await topics.DeleteAsync(scenario.DeadLetters);
            await topics.CreateAsync(scenario.DeadLetters, Partitions);
        }

        await scenario.ProduceAsync(Rubbish(40, 50));
        var sent = servers.GraphLink.StallAtAsync(request => request.Span.IndexOf("SET o.deadLetterOffset"u8) >= 0);
        await using (var first = scenario.StartProcess("consumer"))
            await sent.WaitAsync(s_timeout, Cancellation);

        servers.GraphLink.Restore();
        await scenario.ConsumeAsync();

        Assert.Equal(10, scenario.AllDeadLetters().Count);
    }

    [Fact]
    [Trait(Suite.Trait, Suite.Compatibility)]
    public async Task A_batch_of_the_old_topic_does_not_claim_the_new_one_s_offsets_though_they_are_equal()
    {
        await using var scenario = await Scenario.StartAsync(servers, users: 0, Cancellation);
        var (old, anew) = (await LedgerAsync(scenario, "old", nextOffset: 5), Ledger(scenario));

        Assert.True(await anew.StartOverAsync(0, old, to: 5, "new", () => Task.FromResult(7L)));

        await using var transaction = await Graph(scenario).BeginAsync(TimeSpan.Zero);
        Assert.False(await anew.ClaimAsync(transaction, 0, from: 5, to: 10, old.StartedOver));
        Assert.True(await anew.ClaimAsync(transaction, 0, from: 5, to: 10, old.StartedOver + 1));
        await transaction.DisposeAsync();
        Assert.Equal(new LedgerEntry(5, "new", anew.Owner, 7, 1), await anew.ReadAsync(0));
    }

    [Fact]
    [Trait(Suite.Trait, Suite.Compatibility)]
    public async Task Of_two_consumers_that_meet_the_new_topic_at_once_one_starts_the_ledger_over()
    {
        await using var scenario = await Scenario.StartAsync(servers, users: 0, Cancellation);
        var old = await LedgerAsync(scenario, "old", nextOffset: 5);

        var moved = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Ledger(scenario).StartOverAsync(0, old, to: 0, "new", () => Task.FromResult(0L))));

        Assert.Single(moved, true);
        Assert.Equal((0, 1), (await Ledger(scenario).ReadAsync(0) is { } entry) ? (entry.NextOffset, entry.StartedOver) : default);
    }

    [Fact]
    [Trait(Suite.Trait, Suite.Compatibility)]
    public async Task Whoever_has_read_the_ledger_before_it_was_started_over_notes_no_old_topic_in_it()
    {
        await using var scenario = await Scenario.StartAsync(servers, users: 0, Cancellation);
        var old = await LedgerAsync(scenario, "old", nextOffset: 5);
        await Ledger(scenario).StartOverAsync(0, old, to: 0, "new", () => Task.FromResult(0L));

        Assert.Null(await Ledger(scenario).OpenAsync(0, 5, "old", 0, old.StartedOver));

        Assert.Equal("new", (await Ledger(scenario).ReadAsync(0))?.TopicId);
    }

    [Fact]
    [Trait(Suite.Trait, Suite.Compatibility)]
    public async Task Whoever_still_has_the_old_topic_s_id_does_not_note_it_in_a_ledger_of_the_new_one()
    {
        await using var scenario = await Scenario.StartAsync(servers, users: 0, Cancellation);
        var anew = await LedgerAsync(scenario, "new", nextOffset: 5);

        Assert.Null(await Ledger(scenario).OpenAsync(0, 0, "old", 0, startedOver: 0));

        Assert.Equal(anew, await Ledger(scenario).ReadAsync(0));
        Assert.Equal(5, await Ledger(scenario).OpenAsync(0, 0, "new", 0, startedOver: 0));
    }

    private static async Task<LedgerEntry> LedgerAsync(Scenario scenario, string topicId, long nextOffset)
    {
        await GraphSchema.EnsureAsync(scenario.Graph, database: null, GraphNames.Keys, Cancellation);
        await Ledger(scenario).OpenAsync(0, nextOffset, topicId, 0, startedOver: 0);
        return (await Ledger(scenario).ReadAsync(0))!.Value;
    }

    private static DriverGraph Graph(Scenario scenario) => new(scenario.Graph, new Neo4jDriverSettings(), Neo4jTelemetry.None);

    private static OffsetLedger Ledger(Scenario scenario) => new(
        Graph(scenario), new TopicSettings(scenario.Topic, scenario.DeadLetters, 4), new StreamOptions { GroupId = scenario.Topic }, TimeProvider.System);

    private static IEnumerable<string> Charges(int from, int to, int day) =>
        Enumerable.Range(from, to - from).Select(i => Message(FirstUser + i, i % 50, Noon + (day * Day)));

    private static IEnumerable<string> Rubbish(int from, int to) => Enumerable.Range(from, to - from).Select(i => $"{FirstUser},rubbish {i},1");

    private static Task LedgerIsAsync(Scenario scenario, long offset) => Wait.UntilAsync(
        $"the ledger stands at {offset}", s_timeout, async () => (await scenario.LedgerAsync()).Values.Sum() == offset, Cancellation);

    private async Task<Scenario> StartAsync(IEnumerable<string> messages)
    {
        Assert.SkipUnless(servers.HasHeaders, "The broker has no such administration.");
        var scenario = await Scenario.StartAsync(servers, Users, Cancellation);
        await scenario.ProduceAsync(messages);
        return scenario;
    }

    private async Task CreateAgainAsync(Scenario scenario)
    {
        using var topics = new TopicProbe(servers);
        await topics.DeleteAsync(scenario.Topic);
        await topics.CreateAsync(scenario.Topic, Partitions);
    }
}
