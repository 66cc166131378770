using MovieFriends.KafkaToNeo4j.Ledger;
using MovieFriends.KafkaToNeo4j.Workers;
using Xunit;

namespace MovieFriends.UnitTests.KafkaToNeo4j;

/// <summary>What follows a failed attempt at a batch, case by case.</summary>
public sealed class BatchRetryPolicyTests
{
    private const string Self = "this process";

    private static readonly Dictionary<string, (FailedAttempt Attempt, NextStep Step)> s_table = new()
    {
        ["a server that is away is waited for"] = (new(BatchFailureKind.Transient, 1_000), NextStep.Wait),
        ["so it is with one message"] = (new(BatchFailureKind.Transient, 1), NextStep.Wait),
        ["and with a prepared batch"] = (new(BatchFailureKind.Transient, 1_000, WasPrepared: true), NextStep.Wait),
        ["and after a rejection"] = (new(BatchFailureKind.Transient, 1, Rejections: 2, LooksUp: true), NextStep.Wait),

        ["a charge that was taken for new is looked up"] = (new(BatchFailureKind.Rejected, 1_000), NextStep.LookUp),
        ["one that became known after the look-up is looked up again"] = (new(BatchFailureKind.Rejected, 1_000, LooksUp: true), NextStep.LookUp),
        ["one message is no exception"] = (new(BatchFailureKind.Rejected, 1), NextStep.LookUp),
        ["a prepared batch is no exception"] = (new(BatchFailureKind.Rejected, 1_000, WasPrepared: true), NextStep.LookUp),
        ["where look-ups have ended meanwhile they begin again"] = (new(BatchFailureKind.Rejected, 1, Rejections: 1), NextStep.LookUp),
        ["the message that is rejected all the same is searched for"] = (new(BatchFailureKind.Rejected, 1_000, Rejections: 1, LooksUp: true), NextStep.Halve),
        ["two messages are halved"] = (new(BatchFailureKind.Rejected, 2, Rejections: 1, LooksUp: true), NextStep.Halve),
        ["and becomes a dead letter once it is alone"] = (new(BatchFailureKind.Rejected, 1, Rejections: 1, LooksUp: true), NextStep.DeadLetter),

        ["too much for one transaction is halved"] = (new(BatchFailureKind.TooLarge, 1_000), NextStep.Halve),
        ["whatever was rejected before"] = (new(BatchFailureKind.TooLarge, 2, Rejections: 1, LooksUp: true), NextStep.Halve),
        ["one message cannot be halved and waits"] = (new(BatchFailureKind.TooLarge, 1), NextStep.Wait),
        ["a prepared batch had to wait for the one before it, and has a try of its own"] = (new(BatchFailureKind.TooLarge, 1_000, WasPrepared: true), NextStep.Retry),
        ["also one of a single message"] = (new(BatchFailureKind.TooLarge, 1, WasPrepared: true), NextStep.Retry),

        ["a ledger that has moved is asked"] = (new(BatchFailureKind.LedgerMoved, 1_000), NextStep.AskLedger),
        ["also for a prepared batch"] = (new(BatchFailureKind.LedgerMoved, 1, WasPrepared: true), NextStep.AskLedger),

        ["what no repetition mends stops the service"] = (new(BatchFailureKind.Fatal, 1_000), NextStep.Stop),
        ["also for a prepared batch of one message that was rejected before"] = (new(BatchFailureKind.Fatal, 1, 1, true, true), NextStep.Stop),
    };

    public static TheoryData<string> Rules => [.. s_table.Keys];

    [Theory, MemberData(nameof(Rules))]
    public void Each_failure_has_its_next_step(string rule) => Assert.Equal(s_table[rule].Step, BatchRetryPolicy.Decide(s_table[rule].Attempt));

    [Fact]
    public void Every_failure_whatever_is_known_has_a_step_that_fits_the_batch()
    {
        foreach (var failure in Enum.GetValues<BatchFailureKind>())
        {
            foreach (var (messages, rejections, looksUp, prepared) in Combinations())
            {
                var step = BatchRetryPolicy.Decide(new FailedAttempt(failure, messages, rejections, looksUp, prepared));
                Assert.False(step == NextStep.Halve && messages == 1);
                Assert.False(step == NextStep.DeadLetter && messages > 1);
                Assert.Equal(failure == BatchFailureKind.Fatal, step == NextStep.Stop);
                Assert.Equal(failure == BatchFailureKind.LedgerMoved, step == NextStep.AskLedger);
            }
        }
    }

    [Fact]
    public void A_commit_whose_answer_was_lost_did_happen_if_this_process_has_moved_the_ledger_to_the_end_of_the_batch() =>
        Assert.True(BatchRetryPolicy.IsCommitted(100, reachedCommit: true, Entry(100, Self), Self, startedOver: 0));

    [Fact]
    public void A_batch_that_never_reached_its_commit_is_another_ones_even_if_the_ledger_stands_at_its_end() =>
        Assert.False(BatchRetryPolicy.IsCommitted(100, reachedCommit: false, Entry(100, Self), Self, startedOver: 0));

    [Fact]
    public void A_ledger_that_another_process_has_moved_there_is_its_own() =>
        Assert.False(BatchRetryPolicy.IsCommitted(100, reachedCommit: true, Entry(100, "another"), Self, startedOver: 0));

    [Theory]
    [InlineData(99)]
    [InlineData(101)]
    public void A_ledger_that_stands_elsewhere_knows_nothing_of_the_batch(long nextOffset) =>
        Assert.False(BatchRetryPolicy.IsCommitted(100, reachedCommit: true, Entry(nextOffset, Self), Self, startedOver: 0));

    [Fact]
    public void A_ledger_that_was_started_over_for_another_topic_knows_nothing_of_the_batch() =>
        Assert.False(BatchRetryPolicy.IsCommitted(100, reachedCommit: true, Entry(100, Self) with { StartedOver = 1 }, Self, startedOver: 0));

    [Fact]
    public void A_ledger_that_is_gone_knows_nothing_of_the_batch() =>
        Assert.False(BatchRetryPolicy.IsCommitted(100, reachedCommit: true, entry: null, Self, startedOver: 0));

    private static LedgerEntry Entry(long nextOffset, string owner) => new(nextOffset, "id", owner, null);

    private static IEnumerable<(int Messages, int Rejections, bool LooksUp, bool Prepared)> Combinations() =>
        from messages in (int[])[1, 2, 1_000]
        from rejections in (int[])[0, 1, 2]
        from looksUp in (bool[])[false, true]
        from prepared in (bool[])[false, true]
        select (messages, rejections, looksUp, prepared);
}
