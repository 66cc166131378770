using System.Text;
using MovieFriends.Contracts.Reporting;
using MovieFriends.Contracts.Topics;
using MovieFriends.Kafka;
using MovieFriends.Replayer.DeadLetters;
using Xunit;

namespace MovieFriends.UnitTests.Replayer;

public sealed class ReplayTableTests
{
    [Fact]
    public void It_says_how_many_letters_of_each_kind_go()
    {
        var report = new ReplayReport(Applied: false, [new("malformed", 1_200, 1, 2, 1_197, 1_197)], 1_197, CutShort: 3, OfOtherTopics: 4, WithoutHeaders: 0);

        Assert.Equal(
            [
                "dead letters of charges",
                "  error type       dead letters      doubles  back before      waiting     would go",
                "  malformed               1,200            1            2        1,197        1,197",
                "  dead letters cut short because of their size, which stay: 3",
                "  dead letters of other topics: 4",
            ],
            ReplayTable.Write("charges", report, []).Split(Environment.NewLine));
    }

    [Fact]
    public void An_example_shows_where_it_was_and_the_visible_beginning_of_what_it_says()
    {
        var deadLetter = new DeadLetter(new DeadLetterSource("charges", 3, 17, DeadLetterReasons.Malformed, "Why not.", IsWhole: true), new Original(3, 17, 0));

        Assert.Equal(
            $"malformed: charges partition 3 offset 17: a.b{new string('c', 57)}... (Why not.)",
            ReplayTable.Example(deadLetter, Encoding.UTF8.GetBytes("a\u001bb" + new string('c', 500))));
    }
}
