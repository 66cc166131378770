using MovieFriends.Bench.Environments;
using Xunit;

namespace MovieFriends.UnitTests.Bench;

public sealed class ResidentMemoryTests
{
    [Fact]
    public void Peak_and_present_memory_are_read_from_the_account_of_a_process() => Assert.Equal(
        new ResidentMemory(2 * 1024, 3 * 1024),
        ResidentMemory.Parse(["Name:\tdotnet", "VmPeak:\t  9 kB", "VmHWM:\t       3 kB", "VmRSS:\t       2 kB"]));

    [Fact]
    public void A_process_that_has_ended_has_none() => Assert.Null(ResidentMemory.Parse(["Name:\tdotnet", "State:\tZ (zombie)"]));

    [Fact]
    public void The_memory_of_this_process_is_known()
    {
        var memory = ResidentMemory.Read(Environment.ProcessId);

        Assert.NotNull(memory);
        Assert.InRange(memory.Now, 1 << 20, long.MaxValue);
    }
}
