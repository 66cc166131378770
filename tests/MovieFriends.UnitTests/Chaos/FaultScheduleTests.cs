using MovieFriends.Chaos.Faults;
using Xunit;

namespace MovieFriends.UnitTests.Chaos;

public sealed class FaultScheduleTests
{
    private static readonly TimeSpan s_tenMinutes = TimeSpan.FromMinutes(10);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(42)]
    public void Ten_minutes_have_forty_faults_and_every_kind_twice(long seed)
    {
        var schedule = FaultSchedule.Create(seed, s_tenMinutes);

        Assert.InRange(schedule.Count, 40, 120);
        Assert.All(FaultKind.All, kind => Assert.True(schedule.Count(fault => fault.Kind == kind) >= 2, $"{kind} is too rare"));
    }

    [Fact]
    public void The_same_seed_and_length_give_the_same_schedule() =>
        Assert.Equal(FaultSchedule.Create(7, s_tenMinutes), FaultSchedule.Create(7, s_tenMinutes));

    [Fact]
    public void Another_seed_gives_another_schedule() =>
        Assert.NotEqual(FaultSchedule.Create(7, s_tenMinutes), FaultSchedule.Create(8, s_tenMinutes));

    [Fact]
    public void A_longer_run_begins_as_the_shorter_one_does()
    {
        var brief = FaultSchedule.Create(7, TimeSpan.FromMinutes(1));

        Assert.Equal(brief, FaultSchedule.Create(7, s_tenMinutes).Take(brief.Count));
    }

    [Fact]
    public void Faults_are_in_order_and_none_begins_after_the_end()
    {
        var schedule = FaultSchedule.Create(7, s_tenMinutes);

        Assert.Equal(schedule.OrderBy(fault => fault.At), schedule);
        Assert.All(schedule, fault => Assert.InRange(fault.At, TimeSpan.Zero, s_tenMinutes));
    }

    [Fact]
    public void Some_consumers_come_back_when_their_session_is_over() =>
        Assert.Contains(FaultSchedule.Create(7, s_tenMinutes), fault => fault.OutlivesSession);
}
