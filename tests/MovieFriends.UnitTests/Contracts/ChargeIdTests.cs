using System.Runtime.CompilerServices;
using CsCheck;
using MovieFriends.Contracts.Charges;
using Xunit;

namespace MovieFriends.UnitTests.Contracts;

public sealed class ChargeIdTests
{
    [Fact]
    public void User_and_day_come_out_again() => Gen.Select(
        Gen.Long[ChargeId.MinUserId, ChargeId.MaxUserId],
        Gen.Double[0, ChargeCodec.EndOfTime - 1]).Sample((user, seconds) =>
        {
            var charge = new Charge(user, 1, seconds);
            return charge.ChargeId > 0 && ChargeId.UserIdOf(charge.ChargeId) == user && ChargeId.DayOf(charge.ChargeId) == charge.Day;
        });

    [Fact]
    public void The_day_is_the_calendars_in_UTC() => Gen.Double[0, ChargeCodec.EndOfTime - 1].Sample(seconds =>
    {
        var date = DateTimeOffset.FromUnixTimeSeconds((long)Math.Floor(seconds)).UtcDateTime;
        var day = UtcDay.FromEpochSeconds(seconds);
        return day == (date.Year * 10_000) + (date.Month * 100) + date.Day;
    });

    [Theory]
    [InlineData(0, 19700101, "1970-01-01")]
    [InlineData(86399.999, 19700101, "1970-01-01")]
    [InlineData(86400, 19700102, "1970-01-02")]
    [InlineData(1484261697.689981, 20170112, "2017-01-12")]
    [InlineData(1582934400, 20200229, "2020-02-29")]
    [InlineData(253402300799, 99991231, "9999-12-31")]
    public void Days_have_a_number_and_a_text(double seconds, int day, string text)
    {
        Assert.Equal(day, UtcDay.FromEpochSeconds(seconds));
        Assert.Equal(text, UtcDay.ToText(day));
    }

    [Fact]
    public void Texts_of_days_that_were_seen_once_do_not_stay_in_memory()
    {
        var first = TextOf(new DateOnly(2345, 6, 7));
        for (var date = new DateOnly(1970, 1, 1); date.Year < 2100; date = date.AddDays(1))
            Assert.Equal(date.ToString("O"), UtcDay.ToText(Number(date)));

        GC.Collect();

        Assert.False(first.IsAlive);
    }

    [Fact]
    public void The_text_of_a_day_that_comes_again_is_made_once() => Assert.Same(UtcDay.ToText(20170112), UtcDay.ToText(20170112));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference TextOf(DateOnly date) => new(UtcDay.ToText(Number(date)));

    private static int Number(DateOnly date) => (date.Year * 10_000) + (date.Month * 100) + date.Day;
}
