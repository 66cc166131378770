using System.Text;
using Confluent.Kafka;
using MovieFriends.KafkaToNeo4j.DeadLetters;
using Xunit;

namespace MovieFriends.UnitTests.KafkaToNeo4j;

public sealed class PendingDeadLettersTests
{
    private readonly PendingDeadLetters _pending = new();

    [Fact]
    public void A_letter_that_is_on_its_way_is_not_sent_again()
    {
        var delivery = new TaskCompletionSource<long>().Task;
        _pending.Add(7, delivery);

        Assert.True(Find(7, "rubbish", out var found));
        Assert.Same(delivery, found);
    }

    [Fact]
    public void A_letter_that_did_not_arrive_is_sent_again()
    {
        _pending.Add(7, Task.FromException<long>(new KafkaException(ErrorCode.Local_MsgTimedOut)));

        Assert.False(Find(7, "rubbish", out _));
    }

    [Fact]
    public async Task A_letter_that_another_process_sent_is_not_sent_again()
    {
        _pending.Begin([Of(3, 7)], end: 10);

        Assert.True(Find(7, "rubbish", out var found));
        Assert.Equal(3, await found!);
        Assert.False(Find(8, "rubbish", out _));
    }

    [Fact]
    public void Without_headers_a_letter_is_known_by_key_and_value_and_stands_for_one_message()
    {
        _pending.Begin([Anonymous("rubbish"), Anonymous("more")], end: 10);

        Assert.True(Find(7, "rubbish", out _));
        Assert.True(Find(7, "rubbish", out _));
        Assert.False(Find(8, "rubbish", out _));
        Assert.True(Find(9, "more", out _));
    }

    [Fact]
    public void Without_headers_it_stands_for_no_message_that_came_later()
    {
        _pending.Begin([Anonymous("rubbish")], end: 10);

        Assert.False(Find(10, "rubbish", out _));
    }

    [Fact]
    public void Letters_of_later_messages_begin_at_the_first_that_is_known()
    {
        _pending.Begin([Of(3, 7), Of(5, 20)], end: 30);
        _pending.Add(9, Task.FromResult(11L));
        _pending.Add(25, new TaskCompletionSource<long>().Task);

        Assert.Equal(3, _pending.EarliestFrom(nextOffset: 7, end: 12));
        Assert.Equal(5, _pending.EarliestFrom(nextOffset: 10, end: 12));
        Assert.Equal(12, _pending.EarliestFrom(nextOffset: 21, end: 12));
    }

    [Fact]
    public void Without_headers_they_begin_at_the_first_that_stands_for_no_message_yet()
    {
        _pending.Begin([Anonymous("rubbish")], end: 10);

        Assert.Equal(Anonymous("rubbish").DeadLetter, _pending.EarliestFrom(nextOffset: 9, end: 12));
        Assert.Equal(12, _pending.EarliestFrom(nextOffset: 10, end: 12));
    }

    [Fact]
    public void What_is_settled_is_forgotten()
    {
        _pending.Begin([Of(3, 7)], end: 10);
        _pending.Settled(8);

        Assert.False(Find(7, "rubbish", out _));
    }

    [Fact]
    public void A_new_beginning_knows_only_what_the_topic_holds()
    {
        _pending.Add(7, Task.FromResult(1L));
        _pending.Begin([], end: 10);

        Assert.False(Find(7, "rubbish", out _));
    }

    [Fact]
    public void What_another_consumer_has_sent_since_is_not_sent_again()
    {
        _pending.Begin([], end: 10, knownUpTo: 3);
        _pending.Found([Of(4, 7)], knownUpTo: 5);

        Assert.True(Find(7, "rubbish", out _));
        Assert.Equal(5, _pending.KnownUpTo);
    }

    [Fact]
    public void What_is_found_does_not_replace_what_is_on_its_way()
    {
        var delivery = new TaskCompletionSource<long>().Task;
        _pending.Begin([], end: 10, knownUpTo: 3);
        _pending.Add(7, delivery);
        _pending.Found([Of(4, 7)], knownUpTo: 5);

        Assert.True(Find(7, "rubbish", out var found));
        Assert.Same(delivery, found);
    }

    [Fact]
    public async Task One_that_failed_is_replaced_by_what_is_found()
    {
        _pending.Begin([], end: 10, knownUpTo: 3);
        _pending.Add(7, Task.FromException<long>(new InvalidOperationException()));
        _pending.Found([Of(4, 7)], knownUpTo: 5);

        Assert.True(Find(7, "rubbish", out var found));
        Assert.Equal(4, await found!);
    }

    [Fact]
    public void Those_sent_here_are_known_as_long_as_no_others_are_in_between()
    {
        _pending.Begin([], end: 10, knownUpTo: 3);
        _pending.Stored(3);
        _pending.Stored(4);
        Assert.Equal(5, _pending.KnownUpTo);

        _pending.Stored(6);
        Assert.Equal(5, _pending.KnownUpTo);
    }

    [Fact]
    public async Task One_of_another_message_at_the_same_offset_is_of_a_topic_that_was_deleted()
    {
        _pending.Begin([Of(3, 7, "of the topic before")], end: 10, knownUpTo: 4);
        Assert.False(Find(7, "rubbish", out _));
        Assert.False(Find(7, "rubbish", out _, key: "key"));

        _pending.Found([Of(4, 7)], knownUpTo: 5);
        Assert.True(Find(7, "rubbish", out var found));
        Assert.Equal(4, await found!);
    }

    [Fact]
    public void One_that_was_truncated_is_known_by_what_was_kept()
    {
        var value = new string('x', 1_000);
        _pending.Begin([Of(3, 7, value)], end: 10);

        Assert.False(Find(7, value[1..], out _));
        Assert.False(Find(7, "y" + value, out _));
        Assert.True(Find(7, value + "y", out _));
    }

    private static FoundDeadLetter Of(long deadLetter, long source, string value = "rubbish") => new(deadLetter, source, null, Encoding.UTF8.GetBytes(value));

    private static FoundDeadLetter Anonymous(string value) => new(0, null, null, Encoding.UTF8.GetBytes(value));

    private bool Find(long source, string value, out Task<long>? delivery, string key = "") =>
        _pending.TryGet(source, Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(value), out delivery);
}
