using MovieFriends.Cli;
using MovieFriends.Cli.Running;
using Xunit;

namespace MovieFriends.UnitTests.Cli;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("demo", "--users", "0")]
    [InlineData("demo", "--users", "many")]
    [InlineData("demo", "--batch-size", "-1")]
    [InlineData("demo", "--users")]
    [InlineData("demo", "--what")]
    [InlineData("demo", "word")]
    [InlineData("up", "--rate", "0.01")]
    [InlineData("up", "--rate", "NaN")]
    [InlineData("setup", "--servers", "Cloud")]
    [InlineData("chaos", "--minutes", "0")]
    [InlineData("chaos", "--seed", "-1")]
    [InlineData("chaos", "--consumers", "0")]
    [InlineData("simulate", "--minutes", "0")]
    [InlineData("simulate", "--seed", "-1")]
    [InlineData("simulate", "--seed", "1", "--report", "report.txt")]
    [InlineData("simulate", "--seed", "1", "--report")]
    [InlineData("simulate", "--report", "report.md")]
    [InlineData("simulate", "--minutes", "1", "--seed", "1", "--report", "report.md")]
    [InlineData("chaos", "--report", "report.txt")]
    [InlineData("simulate", "--seed", "5", "--messages", "0")]
    [InlineData("simulate", "--seed", "5", "--without", "3,x")]
    [InlineData("simulate", "--seed", "5", "--without", "0")]
    [InlineData("simulate", "--seed", "5", "--faults", "3", "--minutes", "1")]
    [InlineData("simulate", "--without", "3")]
    [InlineData("bench", "nonsense")]
    [InlineData("bench", "--rounds", "0")]
    [InlineData("replay", "--error-type", "other")]
    [InlineData("rewind")]
    [InlineData("rewind", "--to-offset", "0", "--to-time", "2026-11-23")]
    [InlineData("rewind", "--to-offset", "-1")]
    [InlineData("rewind", "--to-time", "yesterday")]
    [InlineData("rewind", "--to-offset", "0", "--partition", "all")]
    [InlineData("test", "--suite", "nonsense")]
    [InlineData("test", "--suite", "fast", "7")]
    [InlineData("test", "--suite")]
    [InlineData("publish")]
    [InlineData("publish", "--to", "compose")]
    [InlineData("publish", "--to", "helm", "new-folder")]
    [InlineData("publish", "--to", "compose", "/")]
    [InlineData("pack")]
    [InlineData("pack", "one-folder", "another")]
    [InlineData("nonsense")]
    public async Task A_command_line_that_makes_no_sense_is_refused_before_anything_happens(params string[] arguments) =>
        Assert.Equal(CommandException.Refused, await CommandLine.RunAsync(Path.GetTempPath(), arguments));

    [Fact]
    public void Switches_of_the_apphost_come_after_settings_so_that_they_swallow_none() => Assert.Equal(
        ["--Seeder:Users=5", "--demo", "--no-dashboard"],
        new AppHostArguments().Flag("demo").Set("Seeder:Users", 5).Set("Producer:Rate", (string?)null).Flag("no-dashboard").Flag("other", on: false).ToArray());
}
