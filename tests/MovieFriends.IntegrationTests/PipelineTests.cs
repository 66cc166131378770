using MovieFriends.IntegrationTests.Infrastructure;
using Xunit;
using static MovieFriends.IntegrationTests.Infrastructure.Scenario;

namespace MovieFriends.IntegrationTests;

[Trait(Suite.Trait, Suite.Compatibility)]
public sealed class PipelineTests(RunningServers servers)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_produced_charge_is_in_the_graph_once()
    {
        await using var scenario = await StartAsync(servers, users: 2_500, Cancellation);

        var produced = await scenario.RunAsync("producer", "Producer:Mode=Load", "Producer:Messages=2500", "Producer:Users=2500");
        var consumed = await scenario.ConsumeAsync();
        var verified = await scenario.VerifyAsync();

        Assert.Equal(2_500, produced.GetProperty("messages").GetInt64());
        Assert.Equal(2_500, produced.GetProperty("offsets").EnumerateArray().Sum(o => o.GetProperty("latest").GetInt64()));
        Assert.Equal(2_500, consumed.GetProperty("created").GetInt64());
        Assert.Equal(0, consumed.GetProperty("deadLettered").GetInt64());
        Assert.True(verified.GetProperty("ok").GetBoolean());
        Assert.Equal(2_500, verified.GetProperty("found").GetInt64());
        Assert.Equal(2_500, (await scenario.ChargesAsync()).Count);
    }

    [Fact]
    public async Task A_second_day_is_a_second_charge_of_the_same_user()
    {
        await using var scenario = await StartAsync(servers, users: 10, Cancellation);

        await scenario.ProduceAsync(Message(FirstUser, 1.5, Noon), Message(FirstUser, 2.5, Noon + Day));
        await scenario.ConsumeAsync();

        Assert.Equal(["1000000 2017-01-12 1.5", "1000000 2017-01-13 2.5"], await scenario.ChargesAsync());
        await scenario.VerifyAsync();
    }

    [Fact]
    public async Task A_later_charge_of_the_same_day_replaces_the_amount_and_an_earlier_one_does_not()
    {
        await using var scenario = await StartAsync(servers, users: 10, Cancellation);

        await scenario.ProduceAsync(Message(FirstUser, 1, Noon), Message(FirstUser + 1, 10, Noon));
        await scenario.ConsumeAsync();
        await scenario.ProduceAsync(Message(FirstUser, 2, Noon + 60), Message(FirstUser + 1, 20, Noon - 60), Message(FirstUser + 2, 30, Noon));
        var report = await scenario.ConsumeAsync();

        Assert.Equal(["1000000 2017-01-12 2", "1000001 2017-01-12 10", "1000002 2017-01-12 30"], await scenario.ChargesAsync());
        Assert.Equal(1, report.GetProperty("updated").GetInt64());
        Assert.Equal(1, report.GetProperty("created").GetInt64());
        await scenario.VerifyAsync();
    }

    [Fact]
    public async Task Malformed_messages_become_dead_letters_and_the_stream_goes_on()
    {
        await using var scenario = await StartAsync(servers, users: 10, Cancellation);

        await scenario.ProduceAsync(Message(FirstUser, 1, Noon), "1000001,NaN,1484222400", "rubbish", Message(FirstUser + 2, 3, Noon));
        var report = await scenario.ConsumeAsync();

        Assert.Equal(["1000000 2017-01-12 1", "1000002 2017-01-12 3"], await scenario.ChargesAsync());
        Assert.Equal(2, report.GetProperty("deadLettered").GetInt64());
        var deadLetters = scenario.ReadDeadLetters(2);
        Assert.Equal(["1000001,NaN,1484222400", "rubbish"], deadLetters.Select(l => l.Value).Order());
        if (servers.HasHeaders)
        {
            Assert.All(deadLetters, deadLetter => Assert.Equal("malformed", Header(deadLetter, "error.type")));
            Assert.All(deadLetters, deadLetter => Assert.Equal(scenario.Topic, Header(deadLetter, "source.topic")));
            Assert.Contains(deadLetters, deadLetter => Header(deadLetter, "error.message").Contains("three fields", StringComparison.Ordinal));
        }

        await scenario.VerifyAsync();
    }

    [Theory]
    [InlineData("DeadLetter", 1, 1)]
    [InlineData("Skip", 0, 1)]
    [InlineData("Create", 0, 2)]
    public async Task A_charge_of_an_unknown_user_is_treated_by_policy_and_counted(string policy, int deadLetters, int charges)
    {
        await using var scenario = await StartAsync(servers, users: 10, Cancellation);

        await scenario.ProduceAsync(Message(FirstUser, 1, Noon), Message(77, 7, Noon));
        var report = await scenario.ConsumeAsync($"Consumer:UnknownUsers={policy}");

        Assert.Equal(1, report.GetProperty("unknownUsers").GetInt64());
        Assert.Equal(deadLetters, report.GetProperty("deadLettered").GetInt64());
        Assert.Equal(charges, (await scenario.ChargesAsync()).Count);
        if (deadLetters > 0)
            Assert.Equal(Message(77, 7, Noon), scenario.ReadDeadLetters(1)[0].Value);
        await scenario.VerifyAsync();
    }

    [Fact]
    public async Task A_row_that_the_database_refuses_is_a_dead_letter_and_the_rest_of_its_batch_is_kept()
    {
        await using var scenario = await StartAsync(servers, users: 100, Cancellation);
        await scenario.CreateConstraintAsync("DailyCharge", "amountUSD");
        try
        {
            await scenario.ProduceAsync(Enumerable.Range(0, 100).Select(i => Message(FirstUser + i, i == 60 ? 59 : i, Noon)));
            var report = await scenario.ConsumeAsync();

            Assert.Equal(99, report.GetProperty("created").GetInt64());
            Assert.Equal(1, report.GetProperty("deadLettered").GetInt64());
            Assert.EndsWith(",59,1484222400", scenario.ReadDeadLetters(1)[0].Value, StringComparison.Ordinal);
            Assert.Equal(99, (await scenario.ChargesAsync()).Count);
        }
        finally
        {
            await scenario.DropConstraintAsync("DailyCharge", "amountUSD");
        }
    }

    [Fact]
    public async Task A_consumer_that_is_killed_in_the_middle_is_continued_without_loss_or_double()
    {
        await using var scenario = await StartAsync(servers, users: 2_000, Cancellation);
        await scenario.ProduceAsync(Enumerable.Range(0, 20_000).Select(i => Message(FirstUser + (i % 2_000), i % 50, Noon + (i / 2_000 * Day))));

        await using (var first = scenario.StartProcess("consumer", "Consumer:MaxBatchSize=100"))
        {
            await scenario.ChargesReachAsync(1_000, first);
            first.Kill();
            await first.ExitCodeAsync(Cancellation);
        }

        // The database may be at its last commit still: the ledger is locked until that is over.
        await scenario.QueryAsync("MATCH (o:KafkaOffset) SET o.owner = o.owner");
        var half = (await scenario.ChargesAsync()).Count;
        var report = await scenario.ConsumeAsync();

        Assert.InRange(half, 1_000, 19_999);
        Assert.Equal(20_000, half + report.GetProperty("created").GetInt64());
        Assert.Equal(0, report.GetProperty("updated").GetInt64());
        Assert.Equal(20_000, (await scenario.VerifyAsync()).GetProperty("found").GetInt64());
    }

    [Fact]
    public async Task Two_consumers_of_a_group_share_the_partitions()
    {
        await using var scenario = await StartAsync(servers, users: 2_000, Cancellation);
        await scenario.ProduceAsync(Message(FirstUser, 1, Noon - Day));

        await using var one = scenario.Start("consumer", "Consumer:MaxBatchSize=100");
        await using var other = scenario.Start("consumer", "Consumer:MaxBatchSize=100");
        await scenario.OwnersOfLedgerAsync(count: 1, Cancellation);
        await scenario.HavePartitionsAsync(one, other);
        await scenario.ProduceAsync(Enumerable.Range(0, 10_000).Select(i => Message(FirstUser + (i % 2_000), i % 50, Noon + (i / 2_000 * Day))));
        await scenario.OwnersOfLedgerAsync(count: 2, Cancellation);

        Assert.Equal(10_001, (await scenario.VerifyAsync()).GetProperty("found").GetInt64());
    }

    private static string Header(Confluent.Kafka.Message<string, string> deadLetter, string name) =>
        System.Text.Encoding.UTF8.GetString(deadLetter.Headers.GetLastBytes(name));
}
