using MovieFriends.Cli.Running;
using Xunit;

namespace MovieFriends.UnitTests.Cli;

public sealed class LaunchProfileTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void The_profile_gives_addresses_and_environment_but_leaves_what_is_set()
    {
        File.WriteAllText(_path, """
            {"profiles":{"http":{"applicationUrl":"http://127.0.0.1:18888","environmentVariables":{"MOVIEFRIENDS_TEST_NEW":"a","PATH":"b"}}}}
            """);

        var variables = LaunchProfile.Environment(_path);

        Assert.Equal("a", variables["MOVIEFRIENDS_TEST_NEW"]);
        Assert.Equal("http://127.0.0.1:18888", variables["ASPNETCORE_URLS"]);
        Assert.DoesNotContain("PATH", variables.Keys);
    }
}
