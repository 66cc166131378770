using System.Diagnostics;
using Confluent.Kafka;
using MovieFriends.IntegrationTests.Infrastructure;
using Xunit;
using static MovieFriends.IntegrationTests.Infrastructure.Scenario;

namespace MovieFriends.IntegrationTests.Faults;

/// <summary>A transaction that is open, with its ledger claimed, while as many others write as may.</summary>
public sealed class StandByTests(RunningServers servers)
{
    // In the first attempt a charge that is known is taken for a new one.
    private const string TimedOut = "attempt 2 failed with";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Its_time_does_not_run_while_it_stands_by()
    {
        Assert.SkipUnless(servers.HasTransactionTimeout, "The database has no limit to a transaction's time.");
        await using var scenario = await Scenario.StartAsync(servers, users: 10, Cancellation);
        using var topics = new TopicProbe(servers);
        await topics.CreateAsync(scenario.Topic, partitions: 2);
        await AppendAsync(amount: 1);
        await scenario.ConsumeAsync();
        await AppendAsync(amount: 2);

        // One of the two corrections waits for its charge until its time is over, the other one meanwhile for its turn, and then for its charge as well.
        await using var charges = await scenario.LockAsync("MATCH (c:DailyCharge) SET c.locked = true");
        await using var consumer = scenario.Start("consumer", "Consumer:StopAt=End", "Consumer:MaxTransactions=1", "Consumer:TransactionTimeout=00:00:06");
        await consumer.LineAsync(TimedOut, Cancellation);

        // The database looks for transactions whose time is over every two seconds.
        var since = Stopwatch.StartNew();
        await Wait.UntilAsync("the database has looked once more", TimeSpan.FromSeconds(30), () => Task.FromResult(since.Elapsed > TimeSpan.FromSeconds(3)), Cancellation);
        await charges.DisposeAsync();
        var report = await consumer.ReportAsync(Cancellation);

        Assert.Equal(1, consumer.Count(TimedOut));
        Assert.Equal(2, report.GetProperty("updated").GetInt64());

        Task AppendAsync(double amount) => topics.AppendAsync([InPartition(0, FirstUser, amount), InPartition(1, FirstUser + 1, amount)]);

        (TopicPartition Partition, Message<string, string> Message) InPartition(int partition, long user, double amount) =>
            (new TopicPartition(scenario.Topic, partition), new Message<string, string> { Key = $"{user}", Value = Message(user, amount, Noon + amount) });
    }
}
