using MovieFriends.Bench.Environments;
using Xunit;

namespace MovieFriends.UnitTests.Bench;

public sealed class SpreadBacklogTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(1_000)]
    [InlineData(9_973)]
    public void Each_user_has_one_charge_if_there_are_as_many_charges_as_users(long users) =>
        Assert.Equal(Enumerable.Range(0, (int)users).Select(user => (long)user), SpreadBacklog.Users(users, users).Order());

    [Fact]
    public void A_few_charges_are_of_users_from_all_over_the_graph()
    {
        var tenths = SpreadBacklog.Users(100, 1_000_000).GroupBy(user => user / 100_000).ToList();

        Assert.Equal(10, tenths.Count);
        Assert.All(tenths, tenth => Assert.InRange(tenth.Count(), 8, 12));
    }
}
