using MovieFriends.Chaos.Network;
using MovieFriends.Chaos.Processes;
using MovieFriends.IntegrationTests.Infrastructure;
using Xunit;
using static MovieFriends.IntegrationTests.Infrastructure.Scenario;

namespace MovieFriends.IntegrationTests.Faults;

/// <summary>What is done to a consumer, and what it meets.</summary>
public sealed class ConsumerFaultTests(RunningServers servers)
{
    private const int Users = 2_000;
    private const string Fenced = "is given up: the ledger stands at";

    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_consumers_that_both_have_every_partition_write_nothing_twice()
    {
        await using var scenario = await StartAsync(4_000);

        // Each is alone in its group, and the groups know nothing of each other: only the ledger stands between them.
        await using var one = scenario.Start("consumer", "Consumer:GroupId=one", "Consumer:MaxBatchSize=20", "Consumer:StopAt=End");
        await using var other = scenario.Start("consumer", "Consumer:GroupId=other", "Consumer:MaxBatchSize=30", "Consumer:StopAt=End");
        await one.ReportAsync(Cancellation);
        await other.ReportAsync(Cancellation);

        Assert.InRange(one.Count(Fenced) + other.Count(Fenced), 1, int.MaxValue);
        Assert.Equal((4_000, 0), Sum(one.Written(), other.Written()));
        await scenario.VerifyAsync();
    }

    [Fact]
    [Trait(Suite.Trait, Suite.Compatibility)]
    public async Task A_commit_whose_answer_is_lost_is_recognised()
    {
        await using var scenario = await StartAsync(1_000);
        var lost = servers.GraphLink.LoseAnswerAsync(BoltRequests.IsCommit);

        var report = await scenario.ConsumeAsync("Consumer:MaxBatchSize=100");

        Assert.True(lost.IsCompletedSuccessfully);
        Assert.Equal(1_000, report.GetProperty("messages").GetInt64());
        Assert.Equal(1_000, report.GetProperty("created").GetInt64());
        Assert.Equal(0, report.GetProperty("updated").GetInt64());
        await scenario.VerifyAsync();
    }

    [Fact]
    [Trait(Suite.Trait, Suite.Compatibility)]
    public async Task A_batch_that_is_tried_again_sends_its_dead_letters_once()
    {
        await using var scenario = await StartAsync(0);
        await scenario.ProduceAsync(Enumerable.Range(0, 10).Select(i => $"{FirstUser},rubbish {i},1"));
        var lost = servers.GraphLink.LoseAnswerAsync(NotesDeadLetters);

        await scenario.ConsumeAsync();

        Assert.True(lost.IsCompletedSuccessfully);
        Assert.Equal(10, scenario.AllDeadLetters().Count);
    }

    [Fact]
    [Trait(Suite.Trait, Suite.Compatibility)]
    public async Task A_consumer_that_takes_over_after_a_crash_sends_no_dead_letter_again()
    {
        await using var scenario = await StartAsync(0);
        await scenario.ProduceAsync(Enumerable.Range(0, 10).Select(i => $"{FirstUser},rubbish {i},1"));
        var sent = servers.GraphLink.StallAtAsync(NotesDeadLetters);
        await using (var first = scenario.StartProcess("consumer"))
        {
            // Dead letters of a batch are in their topic, and its commit is not under way.
            await sent.WaitAsync(s_timeout, Cancellation);
            Assert.InRange(scenario.AllDeadLetters().Count, 1, 10);
        }

        servers.GraphLink.Restore();
        var report = await scenario.ConsumeAsync();

        Assert.Equal(10, report.GetProperty("deadLettered").GetInt64());
        Assert.Equal(10, scenario.AllDeadLetters().Count);
    }

    [Fact]
    public async Task A_consumer_that_is_asked_to_stop_finishes_the_transaction_under_way()
    {
        await using var scenario = await StartAsync(0);
        await using var consumer = await ReadyAsync(scenario.StartProcess("consumer"));
        await using var user = await scenario.LockAsync("MATCH (u:User {userId: 1000000}) SET u.locked = true");
        var writing = servers.GraphLink.ChargesAreWrittenAsync();
        await scenario.ProduceAsync(Message(FirstUser, 1, Noon));
        await writing.WaitAsync(s_timeout, Cancellation);

        consumer.Terminate();
        await consumer.LineAsync("shutting down", Cancellation);
        await user.DisposeAsync();
        var report = await consumer.ReportAsync(Cancellation);

        Assert.Equal(1, report.GetProperty("created").GetInt64());
        Assert.Contains(consumer.Log, line => line.EndsWith("; 0 transactions had to be abandoned.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_transaction_that_does_not_end_in_time_is_abandoned_and_written_by_the_next_consumer()
    {
        await using var scenario = await StartAsync(1);
        await scenario.ConsumeAsync();
        await using (var consumer = await ReadyAsync(scenario.Start("consumer", "Consumer:LeaveTimeout=00:00:00.5", "Consumer:TransactionTimeout=00:01:00")))
        {
            await using var charge = await scenario.LockAsync("MATCH (c:DailyCharge {userId: 1000000}) SET c.locked = true");
            var updating = servers.GraphLink.ChargesAreUpdatedAsync();
            await scenario.ProduceAsync(Message(FirstUser, 7, Noon + 60));
            await updating.WaitAsync(s_timeout, Cancellation);
            var report = await consumer.StopInOrderAsync(Cancellation);

            Assert.Equal(0, report.GetProperty("updated").GetInt64());
            Assert.Contains(consumer.Log, line => line.EndsWith("; 1 transactions had to be abandoned.", StringComparison.Ordinal));
        }

        Assert.Equal(1, (await scenario.ConsumeAsync()).GetProperty("updated").GetInt64());
        await scenario.VerifyAsync();
    }

    [Fact]
    [Trait(Suite.Trait, Suite.Slow)]
    public async Task A_batch_that_takes_the_database_too_long_is_halved()
    {
        Assert.SkipUnless(servers.HasTransactionTimeout, "Neo4j 3.1 takes no time limit from a client.");
        await using var scenario = await StartAsync(100);
        await scenario.ConsumeAsync();
        await scenario.ProduceAsync(Enumerable.Range(0, 100).Select(i => Message(FirstUser + i, 7, Noon + 60)));
        await using var last = await scenario.LockAsync("MATCH (c:DailyCharge {userId: 1000099}) SET c.locked = true");
        await using var consumer = scenario.Start("consumer", "Consumer:StopAt=End", "Consumer:TransactionTimeout=00:00:02");
        await Wait.UntilAsync("99 charges are corrected", s_timeout, async () => (await scenario.ChargesAsync()).Count(c => c.EndsWith(" 7", StringComparison.Ordinal)) >= 99, Cancellation);
        await last.DisposeAsync();

        Assert.Equal(100, (await consumer.ReportAsync(Cancellation)).GetProperty("updated").GetInt64());
        await scenario.VerifyAsync();
    }

    [Fact]
    public async Task A_wrong_password_ends_the_consumer_with_one_line()
    {
        Assert.SkipUnless(servers.HasTransactionTimeout, "The local Neo4j 3.1 has sign-in off.");
        await using var scenario = await StartAsync(0);
        await using var consumer = scenario.StartProcess("consumer", $"ConnectionStrings:graph=bolt://neo4j:wrong@127.0.0.1:{servers.GraphLink.Port}");

        Assert.Equal(1, await consumer.ExitCodeAsync(Cancellation));
        Assert.Equal(1, consumer.Count("crit: "));
        Assert.Equal(1, consumer.Count("Neo4j refuses the user name or password"));
        Assert.Equal(0, consumer.Count("   at "));
    }

    // Not that of a consumer that warms up, which asks for a partition that does not exist.
    private static bool ReadsLedger(ReadOnlyMemory<byte> request) =>
        request.Span.IndexOf("RETURN o.nextOffset AS nextOffset, o.topicId"u8) >= 0 && request.Span.IndexOf("/-1"u8) < 0;

    private static bool NotesDeadLetters(ReadOnlyMemory<byte> request) => request.Span.IndexOf("SET o.deadLetterOffset"u8) >= 0;

    private static (long Created, long Updated) Sum((long Created, long Updated) a, (long Created, long Updated) b) => (a.Created + b.Created, a.Updated + b.Updated);

    // It looks at the schema first, which an old database does not allow while a test holds a lock.
    private static async Task<IRunningService> ReadyAsync(IRunningService consumer)
    {
        await consumer.LineAsync("Partitions assigned", Cancellation);
        return consumer;
    }

    private async Task<Scenario> StartAsync(int messages)
    {
        var scenario = await Scenario.StartAsync(servers, Users, Cancellation);
        await scenario.ProduceAsync(Enumerable.Range(0, messages).Select(i => Message(FirstUser + (i % Users), i % 50, Noon + (i / Users * Day))));
        return scenario;
    }
}
