using MovieFriends.Chaos.Judging;
using Xunit;

namespace MovieFriends.UnitTests.Chaos;

public sealed class DeadLettersTests
{
    private static readonly DeadLetter s_first = new("0/1", "key", "value");
    private static readonly DeadLetter s_second = new("0/2", "key", "value");

    [Fact]
    public void Each_letter_once_is_right()
    {
        var comparison = DeadLetters.Compare([s_first, s_second], [s_second, s_first]);

        Assert.Empty(comparison.Missing);
        Assert.Empty(comparison.Doubled);
        Assert.Empty(comparison.Unexpected);
    }

    [Fact]
    public void One_that_is_missing_doubled_or_of_no_message_is_named()
    {
        var changed = s_first with { Value = "other" };
        var comparison = DeadLetters.Compare([s_first, s_second], [s_second, s_second, changed]);

        Assert.Equal([s_first], comparison.Missing);
        Assert.Equal([s_second], comparison.Doubled);
        Assert.Equal([changed], comparison.Unexpected);
    }

    [Fact]
    public void Without_sources_equal_messages_are_counted()
    {
        var deadLetter = new DeadLetter(null, "key", "value");

        Assert.Empty(DeadLetters.Compare([deadLetter, deadLetter], [deadLetter, deadLetter]).Doubled);
        Assert.Equal([deadLetter], DeadLetters.Compare([deadLetter], [deadLetter, deadLetter]).Doubled);
        Assert.Equal([deadLetter], DeadLetters.Compare([deadLetter, deadLetter], [deadLetter]).Missing);
    }
}
