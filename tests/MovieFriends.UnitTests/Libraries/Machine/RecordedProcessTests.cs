using System.Diagnostics;
using System.Globalization;
using MovieFriends.Machine;
using Xunit;

namespace MovieFriends.UnitTests.Libraries;

public sealed class RecordedProcessTests
{
    [Fact]
    public void A_process_is_recognised_after_the_clock_was_set()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only here does a process say when it started by a clock that nobody sets.");

        Assert.True(Own(TimeSpan.FromHours(-3), OwnTicks()).IsAlive);
    }

    [Fact]
    public void Another_process_with_its_number_is_not_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only here does a process say when it started by a clock that nobody sets.");

        Assert.False(Own(TimeSpan.Zero, OwnTicks() - 1).IsAlive);
    }

    [Fact]
    public void Without_such_a_clock_the_time_counts()
    {
        Assert.True(Own(TimeSpan.Zero, startTicks: null).IsAlive);
        Assert.False(Own(TimeSpan.FromMinutes(1), startTicks: null).IsAlive);
    }

    // Field 22 of proc(5); this process has no space in its name.
    private static long OwnTicks() => long.Parse(File.ReadAllText("/proc/self/stat").Split(' ')[21], CultureInfo.InvariantCulture);

    private static RecordedProcess Own(TimeSpan clock, long? startTicks)
    {
        using var self = Process.GetCurrentProcess();
        return new("apphost", self.Id, self.StartTime.ToUniversalTime() + clock, startTicks);
    }
}
