using CsCheck;
using MovieFriends.Extensions;
using Xunit;

namespace MovieFriends.UnitTests.Libraries;

public sealed class BackoffTests
{
    [Fact]
    public void The_first_wait_is_about_ten_milliseconds() =>
        Assert.InRange(Backoff.After(1, 0.5).TotalMilliseconds, 5, 10);

    [Fact]
    public void Waits_double_up_to_thirty_seconds_and_are_never_longer() => Gen.Select(Gen.Int[1, 1000], Gen.Double[0, 1]).Sample((failures, random) =>
    {
        var wait = Backoff.After(failures, random);
        return wait > TimeSpan.Zero && wait <= Backoff.Longest && (failures < 13 || wait >= Backoff.Longest / 2);
    });

    [Fact]
    public void Rivals_do_not_wait_equally_long() =>
        Assert.NotEqual(Backoff.After(3, 0.1), Backoff.After(3, 0.9));
}
