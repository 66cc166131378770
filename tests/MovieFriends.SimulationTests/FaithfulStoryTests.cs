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
}
