using MovieFriends.Bench.Environments;
using MovieFriends.Bench.Pacing;
using Xunit;

namespace MovieFriends.UnitTests.Bench;

public sealed class SentChargesTests
{
    private readonly SentCharges _sent = new(first: 1, end: 3);

    public SentChargesTests()
    {
        _sent.Add(0, 0, Charge(0));
        _sent.Add(1, 0, Charge(2));
        _sent.Add(1, 1, Charge(3));
    }

    [Fact]
    public void Those_that_count_are_known_with_their_place_in_the_topic() =>
        Assert.Equal([(1, 0L, Charge(2))], _sent.Counted);

    [Fact]
    public void Those_that_count_are_below_a_position_only_when_all_of_them_are_in_the_topic()
    {
        var positions = Positions((0, 2), (1, 1));

        Assert.False(_sent.CountedAreBelow(positions));

        _sent.Add(0, 1, Charge(1));
        Assert.True(_sent.CountedAreBelow(positions));
        Assert.False(_sent.CountedAreBelow(Positions((0, 1), (1, 1))));
        Assert.False(_sent.CountedAreBelow(Positions((0, 2))));
    }

    [Fact]
    public void The_lag_also_has_what_does_not_count()
    {
        Assert.Equal(3, _sent.Lag(Positions()));
        Assert.Equal(1, _sent.Lag(Positions((0, 1), (1, 1))));
        Assert.Equal(0, _sent.Lag(Positions((0, 5), (1, 2))));
    }

    [Fact]
    public void What_is_below_positions_adds_up() =>
        Assert.Equal(new ChargeTotals(2, 2, 102, 1.0), _sent.TotalsBelow(Positions((0, 1), (1, 1))));

    private static SentCharge Charge(long number) => new(number, 50 + number, number / 2.0, 0);

    private static Dictionary<int, long> Positions(params (int Partition, long NextOffset)[] positions) =>
        positions.ToDictionary(position => position.Partition, position => position.NextOffset);
}
