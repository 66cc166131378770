using MovieFriends.Hosting.LocalServers.Java;
using Xunit;

namespace MovieFriends.UnitTests.Libraries;

public sealed class JavaCollectorTests
{
    private const string Ours = "-XX:+UseParallelGC";

    [Theory]
    [InlineData("", "", "", Ours)]
    [InlineData("-Xlog:gc -XX:+UseMaximumCompactionOnSystemGC", "", "", Ours + " -Xlog:gc -XX:+UseMaximumCompactionOnSystemGC")]
    [InlineData("-XX:+UseSerialGC", "", "", "-XX:+UseSerialGC")]
    [InlineData("", "-XX:+UseG1GC -Xss1m", "", "")]
    [InlineData("-XX:+UseSerialGC", "-XX:+UseG1GC", "", "-XX:-UseG1GC -XX:+UseSerialGC")]
    [InlineData("-XX:+UseG1GC", "-XX:+UseG1GC", "", "-XX:+UseG1GC")]
    [InlineData("", "", "-XX:+UseZGC", "")]
    [InlineData("-Da=b -XX:+UseSerialGC", "-XX:+UseG1GC", "-XX:+UseZGC", "-XX:-UseG1GC -Da=b")]
    public void Java_is_asked_for_one_collector(string configured, string before, string after, string expected)
    {
        var (choice, options) = JavaCollector.Choose(Ours, JavaCommand.Split(configured), name => name switch
        {
            "JAVA_TOOL_OPTIONS" => before,
            "_JAVA_OPTIONS" => after,
            _ => null,
        });

        Assert.Equal(expected, string.Join(' ', [.. choice, .. options]));
    }
}
