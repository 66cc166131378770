using MovieFriends.Bench.Rounds;
using Xunit;

namespace MovieFriends.UnitTests.Bench;

public sealed class RatioTests
{
    [Fact]
    public void A_ratio_is_that_of_the_medians_and_its_range_that_of_figures_of_the_same_round() => Assert.Equal(
        new Ratio("new to old", 2, 1.5, 3),
        Ratio.Of(Series("new", 30, 40, 60), Series("old", 20, 20, 20)));

    [Fact]
    public void Series_of_different_length_have_no_ratio() =>
        Assert.Throws<ArgumentException>(() => Ratio.Of(Series("new", 1, 2), Series("old", 1)));

    [Fact]
    public void Counts_of_a_series_are_added_up_over_its_rounds() =>
        Assert.Equal(3, new Series("new", [Sample(1, ("batches", 1)), Sample(1, ("batches", 2))]).Counts["batches"]);

    [Fact]
    public void Processor_time_is_told_only_where_every_round_has_it()
    {
        var timed = Sample(1) with { ProcessorSeconds = 2 };

        Assert.Equal(new Spread(2, 2, 2), new Series("new", [timed, timed]).ProcessorSeconds);
        Assert.Null(new Series("new", [timed, Sample(1)]).ProcessorSeconds);
    }

    private static Series Series(string name, params double[] values) => new(name, [.. values.Select(value => Sample(value))]);

    private static Sample Sample(double value, params (string Name, long Count)[] counts) =>
        new(value, 1, null, counts.ToDictionary(count => count.Name, count => count.Count));
}
