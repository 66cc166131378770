using MovieFriends.Bench.Rounds;
using Xunit;

namespace MovieFriends.UnitTests.Bench;

public sealed class SpreadTests
{
    [Fact]
    public void The_median_of_an_odd_number_of_figures_is_the_one_in_the_middle() =>
        Assert.Equal(new Spread(3, 1, 9), Spread.Of([9, 1, 3]));

    [Fact]
    public void The_median_of_an_even_number_of_figures_lies_between_the_two_in_the_middle() =>
        Assert.Equal(new Spread(3.5, 1, 9), Spread.Of([9, 4, 1, 3]));

    [Fact]
    public void One_figure_is_its_own_median() => Assert.Equal(new Spread(7, 7, 7), Spread.Of([7]));

    [Fact]
    public void Without_figures_there_is_no_median() => Assert.Throws<ArgumentException>(() => Spread.Of([]));
}
