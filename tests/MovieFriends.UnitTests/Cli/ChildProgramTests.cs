using MovieFriends.Cli.Running;
using Xunit;

namespace MovieFriends.UnitTests.Cli;

public sealed class ChildProgramTests
{
    [Fact]
    public async Task What_a_program_of_the_SDK_says_is_said_in_the_language_that_is_understood()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "There is no env.");

        var result = await new ChildProgram("env") { Environment = new Dictionary<string, string> { ["A"] = "b" } }
            .CaptureAsync(Timeout.InfiniteTimeSpan, TestContext.Current.CancellationToken);

        Assert.Superset(new HashSet<string> { "DOTNET_CLI_UI_LANGUAGE=en", "A=b" }, result.Output.Split(Environment.NewLine).ToHashSet());
    }
}
