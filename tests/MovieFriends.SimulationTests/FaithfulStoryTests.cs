using System.Diagnostics.CodeAnalysis;
using MovieFriends.Simulation.Graph;
using MovieFriends.Simulation.Planted;
using MovieFriends.Simulation.Stories;
using Xunit;

namespace MovieFriends.SimulationTests;

/// <summary>The stories that are told on real servers, too, in simulated worlds: whatever the seed, they end as they say.</summary>
public sealed class FaithfulStoryTests
{
    private const int Seeds = 20;

    public static TheoryData<string> Names => [.. FaithfulStories.All.Select(story => story.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_story_ends_alike_with_every_seed(string name)
    {
        var story = FaithfulStories.All.Single(story => story.Name == name);
        var first = SimulatedStoryHost.Tell(story, 1);

        Assert.Equal(
            (story.EventCount, story.EventCount, story.DeadLetterCount, story.Fatal),
            (first.Events.Count(), first.Events.Distinct().Count(), first.DeadLetters.Count(), first.Fatal));
        for (var seed = 2; seed <= Seeds; seed++)
            Assert.Equal(first.ToString(), SimulatedStoryHost.Tell(story, seed).ToString());
    }

    // No promise speaks of neighbours, so that nothing but the comparison can see it.
    [Theory]
    [MemberData(nameof(Names))]
    public void The_comparison_notices_a_graph_that_keeps_another_neighbour_than_the_row_has(string name)
    {
        var story = FaithfulStories.All.Single(story => story.Name == name);
        var (right, wrong) = (SimulatedStoryHost.Tell(story, 1).ToString().Split('\n'), SimulatedStoryHost.Tell(story, 1, new OtherNeighbours()).ToString().Split('\n'));

        Assert.Equal(["last of keys"], right.Zip(wrong).Where(lines => lines.First != lines.Second).Select(lines => lines.First.Split(':')[0]));
    }

    [Theory]
    [InlineData("seek too far")]
    [InlineData("dead letter never")]
    [InlineData("dead letter twice")]
    public void A_planted_fault_breaks_a_promise_in_a_story_too(string plant) =>
        Assert.Throws<InvalidOperationException>(() => SimulatedStoryHost.Tell(FaithfulStories.All[0], 1, Plants.Named(plant)()));

    private sealed class OtherNeighbours : Plant
    {
        [SetsRequiredMembers]
        public OtherNeighbours() => (Name, What) = ("other neighbours", "rows are written to another neighbour than theirs");

        public override List<Row> RowsOf(List<Row> rows, bool upsert) => rows.ConvertAll(row => row with { Key = $"other-{row.Key}" });
    }
}
