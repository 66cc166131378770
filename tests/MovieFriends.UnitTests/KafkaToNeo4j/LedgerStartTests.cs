using MovieFriends.Extensions;
using MovieFriends.KafkaToNeo4j;
using MovieFriends.KafkaToNeo4j.Ledger;
using Xunit;

namespace MovieFriends.UnitTests.KafkaToNeo4j;

public sealed class LedgerStartTests
{
    private const string Id = "sdRFpqXeTGuz9JfVFwkJXw";

    [Fact]
    public void A_partition_without_a_ledger_is_read_from_its_first_message() =>
        Assert.Equal((3, 0, false), Decide(null, new PartitionRange(Id, 3, 10)));

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(10)]
    public void The_ledger_says_where_reading_goes_on(long next) =>
        Assert.Equal((next, 0, false), Decide(new LedgerEntry(next, Id, "a", null), new PartitionRange(Id, 0, 10)));

    [Fact]
    public void A_topic_with_another_id_is_an_error_with_the_way_out()
    {
        var error = Assert.Throws<FatalException>(() => Decide(new LedgerEntry(5, Id, "a", null), new PartitionRange("another", 0, 10)));
        Assert.Contains("deleted and created again", error.Message, StringComparison.Ordinal);
        Assert.Contains("DELETE", error.Message, StringComparison.Ordinal);
        Assert.Contains("Consumer:OnNewTopic=StartOver", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", Id)]
    [InlineData(Id, "")]
    public void A_broker_without_topic_ids_is_not_suspected(string ledger, string topic) =>
        Assert.Equal((5, 0, false), Decide(new LedgerEntry(5, ledger, "a", null), new PartitionRange(topic, 0, 10)));

    [Fact]
    public void A_ledger_past_the_end_is_an_error_even_without_topic_ids()
    {
        var error = Assert.Throws<FatalException>(() => Decide(new LedgerEntry(11, string.Empty, "a", null), new PartitionRange(string.Empty, 0, 10)));
        Assert.Contains("11", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Messages_that_retention_deleted_are_an_error_that_counts_them()
    {
        var error = Assert.Throws<FatalException>(() => Decide(new LedgerEntry(2, Id, "a", null), new PartitionRange(Id, 7, 10)));
        Assert.Contains("5 messages", error.Message, StringComparison.Ordinal);
        Assert.Contains("Consumer:OnGap=Skip", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void By_policy_they_are_skipped() =>
        Assert.Equal((7, 5, false), Decide(new LedgerEntry(2, Id, "a", null), new PartitionRange(Id, 7, 10), onGap: GapPolicy.Skip));

    [Fact]
    public void By_policy_a_topic_with_another_id_is_read_from_its_beginning() =>
        Assert.Equal((0, 0, true), Decide(new LedgerEntry(5, Id, "a", null), new PartitionRange("another", 0, 10), onNewTopic: NewTopicPolicy.StartOver));

    [Fact]
    public void So_is_one_that_ends_before_the_ledger_even_without_topic_ids() =>
        Assert.Equal((0, 0, true), Decide(new LedgerEntry(11, string.Empty, "a", null), new PartitionRange(string.Empty, 0, 10), onNewTopic: NewTopicPolicy.StartOver));

    [Fact]
    public void What_retention_has_deleted_of_another_topic_is_no_gap_in_what_was_read() =>
        Assert.Equal((7, 0, true), Decide(new LedgerEntry(2, Id, "a", null), new PartitionRange("another", 7, 10), onNewTopic: NewTopicPolicy.StartOver));

    [Fact]
    public void The_same_topic_goes_on_whatever_the_policy() =>
        Assert.Equal((5, 0, false), Decide(new LedgerEntry(5, Id, "a", null), new PartitionRange(Id, 0, 10), onNewTopic: NewTopicPolicy.StartOver));

    private static (long Offset, long Gone, bool StartsOver) Decide(
        LedgerEntry? entry, PartitionRange range, GapPolicy onGap = GapPolicy.Fail, NewTopicPolicy onNewTopic = NewTopicPolicy.Fail) =>
        LedgerStart.Decide(ChargeStream.With(new StreamOptions { OnGap = onGap, OnNewTopic = onNewTopic }), 0, entry, range);
}
