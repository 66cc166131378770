using MovieFriends.IntegrationTests.Infrastructure;
using MovieFriends.Simulation.Stories;
using Xunit;

namespace MovieFriends.IntegrationTests.Stories;

/// <summary>What the simulation says of the engine is true of real servers as far as its models are: the same stories end alike.</summary>
public sealed class FaithfulnessTests(RunningServers servers)
{
    public static TheoryData<string> Names => [.. FaithfulStories.All.Select(story => story.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_story_ends_alike_in_a_simulated_world_and_on_real_servers(string name)
    {
        Assert.SkipUnless(servers.HasHeaders, "The model of the broker is one of a broker with headers and transactions.");
        var story = FaithfulStories.All.Single(story => story.Name == name);
        var simulated = await Task.Run(() => SimulatedStoryHost.Tell(story, seed: 1), TestContext.Current.CancellationToken);

        await using var host = await RealStoryHost.StartAsync(servers, story, TestContext.Current.CancellationToken);
        foreach (var step in story.Steps)
            await step(host);

        Assert.Equal(simulated.ToString(), (await host.EndAsync()).ToString());
    }
}
