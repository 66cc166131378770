using Confluent.Kafka;
using MovieFriends.Contracts.Reporting;
using MovieFriends.Extensions;
using MovieFriends.Kafka;
using MovieFriends.Replayer.Ledger;
using Xunit;

namespace MovieFriends.UnitTests.Replayer;

public sealed class RewindTargetsTests
{
    private static readonly PartitionWatermarks s_range = new(2, 100, 200);

    [Theory]
    [InlineData(0, 100)]
    [InlineData(100, 100)]
    [InlineData(150, 150)]
    [InlineData(200, 200)]
    [InlineData(-1, 200)]
    public void An_offset_that_is_gone_means_the_first_that_is_there_and_none_means_the_end(long wanted, long target) =>
        Assert.Equal(target, RewindTargets.Decide("charges", s_range, wanted));

    [Fact]
    public void An_offset_past_the_end_is_refused_with_what_there_is() => Assert.Equal(
        "Offset 201 lies past the end of charges partition 2, which has 100 to 200. Nothing was moved.",
        Assert.Throws<FatalException>(() => RewindTargets.Decide("charges", s_range, 201)).Message);

    [Fact]
    public void The_end_is_what_the_client_calls_so() => Assert.Equal(-1, Offset.End.Value);

    [Theory]
    [InlineData(200L, 100, 100, 0)]
    [InlineData(150L, 200, 0, 50)]
    [InlineData(null, 150, 0, 50)]
    [InlineData(null, 100, 0, 0)]
    [InlineData(50L, 150, 0, 50)]
    [InlineData(150L, 150, 0, 0)]
    public void A_move_back_reads_again_and_a_move_forward_skips(long? from, long to, long readAgain, long skipped)
    {
        var move = new RewindTarget(s_range, to, DeadLetterEnd: 0, WasPastEnd: false).From(from);

        Assert.Equal((readAgain, skipped), (move.ReadAgain, move.Skipped));
    }

    [Theory]
    [InlineData(false, 150)]
    [InlineData(true, 100)]
    public void What_a_running_consumer_has_read_meanwhile_is_read_again_and_what_is_gone_is_not(bool wasPastEnd, long readAgain) =>
        Assert.Equal(readAgain, new RewindTarget(s_range, Offset: 100, DeadLetterEnd: 0, wasPastEnd).From(250).ReadAgain);
}
