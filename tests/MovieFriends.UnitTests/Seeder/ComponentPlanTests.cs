using CsCheck;
using MovieFriends.Seeder.Generation;
using Xunit;

namespace MovieFriends.UnitTests.Seeder;

public sealed class ComponentPlanTests
{
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 1, 0)]
    [InlineData(10_000, 1, 9_999)]
    [InlineData(10_001, 2, 9_999)]
    [InlineData(1_000_000, 100, 999_900)]
    public void Any_number_of_users_makes_components(long users, int components, long knows)
    {
        var plan = new ComponentPlan(users);

        Assert.Equal((components, knows), (plan.Components, plan.Knows));
    }

    [Fact]
    public void Components_hold_all_users_and_only_the_last_is_smaller() =>
        Gen.Long[0, 5_000_000].Sample(users =>
        {
            var plan = new ComponentPlan(users);
            var sizes = Enumerable.Range(0, plan.Components).Select(plan.SizeOf).ToArray();
            Assert.Equal(users, sizes.Sum(s => (long)s));
            Assert.All(sizes.SkipLast(1), size => Assert.Equal(ComponentPlan.ComponentSize, size));
            Assert.DoesNotContain(0, sizes);
        });
}
