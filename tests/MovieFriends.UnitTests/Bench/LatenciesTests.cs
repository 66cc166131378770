using System.Diagnostics;
using MovieFriends.Bench.Pacing;
using Xunit;

namespace MovieFriends.UnitTests.Bench;

public sealed class LatenciesTests
{
    private static readonly long s_millisecond = Stopwatch.Frequency / 1_000;

    [Fact]
    public void A_message_took_until_its_offset_was_first_seen_to_be_passed()
    {
        var latencies = Latencies.Of(
            [(0, 0, Due(0)), (0, 1, Due(10)), (1, 0, Due(20))],
            [new CommitStep(0, 1, At(5)), new CommitStep(1, 1, At(50)), new CommitStep(0, 2, At(60)), new CommitStep(0, 3, At(70))],
            At(100));

        Assert.Equal([5, 30, 50], latencies.Milliseconds);
        Assert.Equal(0, latencies.Unseen);
    }

    [Fact]
    public void A_message_that_was_not_seen_has_taken_at_least_until_the_end()
    {
        var latencies = Latencies.Of([(0, 0, Due(0)), (0, 1, Due(10)), (1, 0, Due(20))], [new CommitStep(0, 1, At(5))], At(100));

        Assert.Equal([5, 80, 90], latencies.Milliseconds);
        Assert.Equal(2, latencies.Unseen);
    }

    [Theory]
    [InlineData(50, 50)]
    [InlineData(95, 95)]
    [InlineData(99, 99)]
    [InlineData(100, 100)]
    public void A_percentile_is_the_figure_that_so_many_percent_do_not_exceed(double percent, double expected) =>
        Assert.Equal(expected, new Latencies([.. Enumerable.Range(1, 100).Select(n => (double)n)], 0).Percentile(percent));

    [Fact]
    public void One_message_is_every_percentile() => Assert.Equal(7, new Latencies([7], 0).Percentile(1));

    [Fact]
    public void Without_messages_there_is_no_percentile() =>
        Assert.Throws<InvalidOperationException>(() => new Latencies([], 0).Percentile(50));

    private static SentCharge Due(long milliseconds) => new(0, 1, 1, At(milliseconds));

    private static long At(long milliseconds) => milliseconds * s_millisecond;
}
