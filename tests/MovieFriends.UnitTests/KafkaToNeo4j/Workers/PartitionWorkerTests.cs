using Microsoft.Extensions.Logging;
using MovieFriends.KafkaToNeo4j.Ledger;
using Neo4j.Driver;
using Xunit;

namespace MovieFriends.UnitTests.KafkaToNeo4j;

/// <summary>Batches have two messages, and are named by their first offset.</summary>
public sealed class PartitionWorkerTests
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Batches_are_taken_in_order_and_each_is_committed_before_the_next_one_claims_the_ledger()
    {
        using var story = new WorkerStory(messages: 6) { TransactionTimeout = TimeSpan.Zero };
        story.Start();
        await story.Log.WaitForAsync("commit 4");

        Assert.True(await story.StopAsync(s_timeout));
        Assert.Equal(
            ["seek 0", "claim 0", "write 0", "commit 0", "claim 2", "write 2", "commit 2", "claim 4", "write 4", "commit 4"],
            story.Log.Without("end"));
        Assert.Equal(6, story.Statistics.Settled);
    }

    [Fact]
    public async Task The_next_batch_is_prepared_while_the_current_one_is_committed_and_claims_the_ledger_only_then()
    {
        using var story = new WorkerStory(messages: 4);
        story.Graph.OnCommit(0, () => story.Log.WaitForAsync("prepare 2"));
        story.Start();
        await story.Log.WaitForAsync("commit 2");

        Assert.True(await story.StopAsync(s_timeout));
        Assert.Equal(["seek 0", "claim 0", "write 0", "commit 0", "claim prepared 2", "commit 2"], story.Log.Without("prepare", "end"));
    }

    [Fact]
    public async Task A_prepared_batch_is_rolled_back_before_the_current_one_is_tried_again_and_is_then_written_from_the_start()
    {
        using var story = new WorkerStory(messages: 4);
        story.Graph.OnCommit(0, async () =>
        {
            await story.Log.WaitForAsync("prepare 2");
            throw new TransientException("Neo.TransientError.Transaction.DeadlockDetected", "deadlock");
        });
        story.Start();
        await story.Log.WaitForAsync("commit 2");

        Assert.True(await story.StopAsync(s_timeout));
        Assert.Equal(
            ["claim 0", "write 0", "commit 0", "end 2", "claim 0", "write 0", "commit 0", "claim 2", "write 2", "commit 2", "end 2"],
            story.Log.Without("seek", "prepare", "end 0"));
        Assert.Equal(4, story.Statistics.Settled);
    }

    [Fact]
    public async Task A_batch_whose_commit_was_answered_by_nobody_is_recognised_and_counted_once()
    {
        using var story = new WorkerStory(messages: 2);
        story.Graph.OnCommit(0, () => throw new ServiceUnavailableException("The answer is lost."));
        story.Graph.OnClaim(0, attempt: 2, () => story.Position.Entry = new LedgerEntry(2, "", story.Position.Owner, null));
        story.Start();
        await story.Log.WaitForAsync("ledger");

        Assert.True(await story.StopAsync(s_timeout));
        Assert.Single(story.Log.Without(), happened => happened == "commit 0");
        Assert.Equal(2, story.Statistics.Settled);
        Assert.Empty(story.Fatal);
    }

    [Theory]
    [InlineData("Neo.TransientError.General.DatabaseUnavailable")]
    [InlineData("Neo.TransientError.General.MemoryPoolOutOfMemoryError")]
    [InlineData("Neo.TransientError.Transaction.LockClientStopped")]
    public async Task A_ledger_that_cannot_be_asked_for_the_moment_is_asked_again(string code)
    {
        using var story = new WorkerStory(messages: 2);
        story.Graph.OnCommit(0, () => throw new ServiceUnavailableException("The answer is lost."));
        story.Graph.OnClaim(0, attempt: 2, () =>
        {
            story.Position.FailOnce(new TransientException(code, "Not now."));
            story.Position.Entry = new LedgerEntry(2, "", story.Position.Owner, null);
        });
        story.Start();
        await story.Log.WaitForAsync("ledger");

        Assert.True(await story.StopAsync(s_timeout));
        Assert.Empty(story.Fatal);
        Assert.Equal(2, story.Statistics.Settled);
    }

    [Fact]
    public async Task A_batch_of_a_partition_that_another_owner_has_moved_is_given_up_and_reading_goes_on_where_the_ledger_stands()
    {
        using var story = new WorkerStory(messages: 12);
        story.Graph.OnClaim(0, attempt: 1, () =>
        {
            story.Position.Start = 10;
            story.Position.Entry = new LedgerEntry(10, "", "somebody else", null);
        });
        story.Start();
        await story.Log.WaitForAsync("commit 10");

        Assert.True(await story.StopAsync(s_timeout));
        Assert.Equal(["seek 0", "claim 0", "ledger", "seek 10", "claim 10", "write 10", "commit 10"], story.Log.Without("end"));
        Assert.Equal(2, story.Statistics.Settled);
    }

    [Fact]
    public async Task A_batch_is_written_and_counted_once_whatever_bookkeeping_throws()
    {
        using var story = new WorkerStory(messages: 4) { TransactionTimeout = TimeSpan.Zero };
        story.FailBookkeeping();
        story.Start();
        await story.Log.WaitForAsync("commit 2");

        Assert.True(await story.StopAsync(s_timeout));
        Assert.Equal(["commit 0", "commit 2"], story.Log.Without("seek", "claim", "write", "end"));
        Assert.Equal(4, story.Statistics.Settled);
        Assert.Contains(story.Settled, line => line.Level == LogLevel.Warning);
        Assert.Empty(story.Fatal);
    }

    [Fact]
    public async Task Leaving_lets_the_transaction_under_way_end_and_drops_what_is_prepared_and_what_waits()
    {
        using var story = new WorkerStory(messages: 8);
        var leaving = new TaskCompletionSource();
        story.Graph.OnCommit(0, async () =>
        {
            await story.Log.WaitForAsync("prepare 2");
            await leaving.Task;
        });
        story.Start();
        await story.Log.WaitForAsync("prepare 2");

        var stopped = story.StopAsync(s_timeout);
        Assert.False(stopped.IsCompleted);
        leaving.SetResult();

        Assert.True(await stopped);
        Assert.Equal(["claim 0", "write 0", "commit 0", "end 0", "end 2"], story.Log.Without("seek", "prepare"));
        Assert.Equal(2, story.Statistics.Settled);
        Assert.Empty(story.Fatal);
    }

    [Fact]
    public async Task A_transaction_that_does_not_end_in_time_is_abandoned_and_never_committed()
    {
        using var story = new WorkerStory(messages: 2);
        story.Graph.OnWrite(0, abandoned => new TaskCompletionSource().Task.WaitAsync(abandoned));
        story.Start();
        await story.Log.WaitForAsync("write 0");

        Assert.False(await story.StopAsync(TimeSpan.Zero));

        await story.Log.WaitForAsync("end 0");
        Assert.True(await story.StopAsync(s_timeout));
        Assert.Equal(["claim 0", "write 0", "end 0"], story.Log.Without("seek"));
        Assert.Equal(0, story.Statistics.Settled);
    }

    [Fact]
    public async Task What_no_repetition_mends_is_reported_once_with_the_way_out()
    {
        using var story = new WorkerStory(messages: 2);
        story.Graph.OnWrite(0, _ => throw new AuthenticationException("The password is wrong."));
        story.Start();

        Assert.Contains("ConnectionStrings:graph", (await story.FirstFatal.WaitAsync(s_timeout, TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
        Assert.True(await story.StopAsync(s_timeout));
        Assert.Single(story.Fatal);
        Assert.Equal(["claim 0", "write 0", "end 0"], story.Log.Without("seek"));
    }
}
