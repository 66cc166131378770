using MovieFriends.Machine;
using Xunit;

namespace MovieFriends.UnitTests.Libraries;

public sealed class ServerModeChoiceTests
{
    private static ServerModeChoice Choose(string? value, bool publish = false, string? runtime = "docker 27.1") =>
        ServerModeChoice.Choose(ServerModeChoice.Parse(value)!.Value, publish, () => runtime);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Auto")]
    public void Auto_takes_containers_where_a_runtime_answers(string? value)
    {
        var choice = Choose(value);
        Assert.Equal(ServerMode.Containers, choice.Mode);
        Assert.Contains("docker 27.1", choice.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Auto_takes_local_servers_where_no_runtime_answers() =>
        Assert.Equal(new(ServerMode.Local, "no container runtime answers"), Choose("Auto", runtime: null));

    [Theory]
    [InlineData("Local", nameof(ServerMode.Local))]
    [InlineData("local", nameof(ServerMode.Local))]
    [InlineData("Containers", nameof(ServerMode.Containers))]
    [InlineData("External", nameof(ServerMode.External))]
    public void A_named_mode_is_taken_whatever_the_machine_has(string value, string mode) =>
        Assert.Equal(mode, Choose(value, runtime: null).Mode.ToString());

    [Theory]
    [InlineData("Auto")]
    [InlineData("Local")]
    public void A_manifest_describes_containers(string value) =>
        Assert.Equal(ServerMode.Containers, Choose(value, publish: true, runtime: null).Mode);

    [Fact]
    public void A_manifest_has_no_servers_where_connection_strings_are_asked_for() =>
        Assert.Equal(ServerMode.External, Choose("External", publish: true).Mode);

    [Theory]
    [InlineData("Docker")]
    [InlineData("1")]
    [InlineData("Local,External")]
    public void An_unknown_mode_is_none(string value) => Assert.Null(ServerModeChoice.Parse(value));
}
