using MovieFriends.Chaos.Network;
using MovieFriends.IntegrationTests.Infrastructure;
using Xunit;
using static MovieFriends.IntegrationTests.Infrastructure.Scenario;

namespace MovieFriends.IntegrationTests.Faults;

/// <summary>The batches of a single partition, each prepared while the one before it is committed.</summary>
[Trait(Suite.Trait, Suite.Slow)]
public sealed class PreparedBatchTests(RunningServers servers)
{
    private const string OnePartition = "Topics:Partitions=1";
    private const string Fenced = "is given up: the ledger stands at";
    private const string Prepared = "is prepared while the one before it is committed";
    private const int Users = 5_000;
    private const int BatchSize = 50;

    private static readonly string s_batchSize = $"Consumer:MaxBatchSize={BatchSize}";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whatever_is_prepared_later_messages_win_and_every_other_one_is_a_dead_letter()
    {
        const int Blocks = 8, NewDays = 20, OthersPerDay = 2;
        await using var scenario = await StartAsync(messages: 0);

        // New days, of which the last is corrected by the very next messages: only a batch that waits for the one before it knows that.
        var expected = new Dictionary<string, double>();
        var messages = new List<string>();
        for (var day = 0; day < Blocks * NewDays; day++)
        {
            AddDay(day, amount: 1);
            if (day % NewDays == NewDays - 1)
                AddDay(day, amount: 2);
        }

        await scenario.ProduceAsync(messages);
        await using var consumer = scenario.Start("consumer", OnePartition, s_batchSize, "Consumer:StopAt=End");
        var report = await consumer.ReportAsync(Cancellation);

        Assert.InRange(consumer.Count(Prepared), 1, int.MaxValue);
        Assert.Equal(expected.Count, report.GetProperty("created").GetInt64());
        Assert.Equal(expected.Select(charge => $"{charge.Key} {charge.Value}").Order(StringComparer.Ordinal), (await scenario.ChargesAsync()).Order(StringComparer.Ordinal));
        var deadLetters = scenario.AllDeadLetters();
        var others = messages.Count(message => !message.StartsWith("10000", StringComparison.Ordinal));
        Assert.Equal(others, deadLetters.Count);
        await scenario.VerifyAsync();

        void AddDay(int day, double amount)
        {
            var time = Noon + (day * Day);
            for (var user = 0; user < BatchSize - OthersPerDay; user++)
            {
                messages.Add(Message(FirstUser + user, amount, time));
                expected[$"{FirstUser + user} {DateTimeOffset.FromUnixTimeSeconds((long)time):yyyy-MM-dd}"] = amount;
            }

            messages.Add(Message(FirstUser + Users, amount, time));
            messages.Add($"rubbish,{day},{amount}");
        }
    }

    [Fact]
    public async Task After_a_commit_whose_answer_is_lost_what_was_prepared_is_written_once()
    {
        await using var scenario = await StartAsync(Users);
        var commits = 0;
        var lost = servers.GraphLink.LoseAnswerAsync(request => BoltRequests.IsCommit(request) && ++commits == 10);

        await using var consumer = scenario.Start("consumer", OnePartition, s_batchSize, "Consumer:StopAt=End");
        var report = await consumer.ReportAsync(Cancellation);

        Assert.True(lost.IsCompletedSuccessfully);
        Assert.InRange(consumer.Count(Prepared), 1, int.MaxValue);
        Assert.Equal((Users, 0), (report.GetProperty("created").GetInt64(), report.GetProperty("updated").GetInt64()));
        await scenario.VerifyAsync();
    }

    // So that it takes seconds, and what is to happen meanwhile does.
    private void SlowDown() => servers.GraphLink.Delay(TimeSpan.FromMilliseconds(10), TimeSpan.Zero);

    private async Task<Scenario> StartAsync(int messages)
    {
        Assert.SkipUnless(servers.HasTransactionTimeout, "Nothing is prepared where the database has no limit to a transaction's time.");
        var scenario = await Scenario.StartAsync(servers, Users, Cancellation);
        await scenario.RunAsync("producer", OnePartition, "Producer:Mode=Load", $"Producer:Messages={messages}", $"Producer:Users={Users}");
        return scenario;
    }
}
