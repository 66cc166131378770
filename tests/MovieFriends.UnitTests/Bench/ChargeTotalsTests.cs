using MovieFriends.Bench.Environments;
using Xunit;

namespace MovieFriends.UnitTests.Bench;

public sealed class ChargeTotalsTests
{
    private static readonly ChargeTotals s_expected = new(10, 10, 55, 12.34);

    [Fact]
    public void A_graph_that_holds_what_it_should_has_no_differences() =>
        Assert.Empty((s_expected with { Amount = 12.340000001 }).DifferencesFrom(s_expected));

    [Fact]
    public void Whatever_is_not_as_it_should_be_is_named()
    {
        Assert.Equal(["9 charges instead of 10"], (s_expected with { Charges = 9 }).DifferencesFrom(s_expected));
        Assert.Equal(["11 charges of their users instead of 10"], (s_expected with { Attached = 11 }).DifferencesFrom(s_expected));
        Assert.Equal(["user ids that sum up to 54 instead of 55"], (s_expected with { UserIds = 54 }).DifferencesFrom(s_expected));
        Assert.Equal(["amounts that sum up to 12.35 instead of 12.34"], (s_expected with { Amount = 12.35 }).DifferencesFrom(s_expected));
    }

    [Fact]
    public void A_sum_that_is_no_number_is_a_difference() =>
        Assert.Single((s_expected with { Amount = double.NaN }).DifferencesFrom(s_expected));
}
