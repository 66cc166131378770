using MovieFriends.Seeder.Generation;
using MovieFriends.Seeder.Graph;
using Xunit;

namespace MovieFriends.UnitTests.Seeder;

public sealed class GraphStateTests
{
    private const long Seed = 1;
    private static readonly ComponentPlan s_plan = new(25_000);

    [Fact]
    public void An_empty_graph_can_be_seeded() => Assert.Null(State(0, 0).Conflict(s_plan, Seed));

    [Fact]
    public void A_whole_graph_is_recognised()
    {
        var state = State(25_000, 24_997, (0, 10_000), (1, 10_000), (2, 5_000));

        Assert.Null(state.Conflict(s_plan, Seed));
        Assert.True(state.IsComplete(s_plan));
    }

    [Fact]
    public void An_interrupted_seeding_can_go_on()
    {
        var state = State(13_000, 12_998, (0, 10_000), (2, 3_000));

        Assert.Null(state.Conflict(s_plan, Seed));
        Assert.False(state.IsComplete(s_plan));
        Assert.Equal(13_000, state.SeededUsers);
    }

    [Fact]
    public void A_graph_can_grow()
    {
        var state = State(25_000, 24_997, (0, 10_000), (1, 10_000), (2, 5_000));

        Assert.Null(state.Conflict(new ComponentPlan(1_000_000), Seed));
        Assert.False(state.IsComplete(new ComponentPlan(1_000_000)));
    }

    [Fact]
    public void Users_that_others_added_do_no_harm_to_a_whole_graph()
    {
        var state = State(25_010, 24_997, (0, 10_000), (1, 10_000), (2, 5_000));

        Assert.Null(state.Conflict(s_plan, Seed));
        Assert.True(state.IsComplete(s_plan));
    }

    [Fact]
    public void Users_without_a_ledger_are_in_the_way() =>
        Assert.Contains("500 users", State(500, 0).Conflict(s_plan, Seed), StringComparison.Ordinal);

    [Fact]
    public void Another_seed_is_in_the_way() =>
        Assert.Contains("Seeder:Seed", State(10_000, 9_999, (0, 10_000)).Conflict(s_plan, seed: 2), StringComparison.Ordinal);

    [Theory]
    [InlineData(20_000)]
    [InlineData(24_999)]
    public void A_larger_graph_is_in_the_way(long users) =>
        Assert.Contains("more than", State(25_000, 24_997, (0, 10_000), (1, 10_000), (2, 5_000)).Conflict(new ComponentPlan(users), Seed), StringComparison.Ordinal);

    [Theory]
    [InlineData(9_999, 9_999)]
    [InlineData(10_000, 9_998)]
    public void A_graph_that_lost_something_is_told(long users, long knows) =>
        Assert.Contains("lost", State(users, knows, (0, 10_000)).Conflict(s_plan, Seed), StringComparison.Ordinal);

    private static GraphState State(long users, long knows, params (int Id, int Next)[] components) =>
        new(users, knows, components.Select(_ => Seed).ToHashSet(), components.ToDictionary(c => c.Id, c => c.Next));
}
