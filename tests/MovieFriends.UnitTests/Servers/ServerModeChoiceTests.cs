using MovieFriends.AppHost.Servers;
using Xunit;

namespace MovieFriends.UnitTests.Servers;

public sealed class ServerModeChoiceTests
{
    private static ServerModeChoice Choose(string? value, bool publish = false, string? runtime = "docker 27.1") =>
        ServerModeChoice.Choose(Settings.Of(("Servers", value)), publish, () => runtime);

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

    [Theory]
    [InlineData("Docker")]
    [InlineData("1")]
    [InlineData("Local,External")]
    public void An_unknown_mode_is_refused_with_key_value_and_what_is_allowed(string value)
    {
        var refusal = Assert.Throws<StartRefusedException>(() => Choose(value));
        Assert.Equal($"Servers: '{value}' is not known; allowed are Auto, Containers, Local, External", refusal.Message);
    }

    [Theory]
    [InlineData(null, 4)]
    [InlineData("", 4)]
    [InlineData("12", 12)]
    public void Topics_get_as_many_partitions_as_configured(string? value, int partitions) =>
        Assert.Equal(partitions, TopicPartitions.From(Settings.Of((TopicPartitions.Key, value))));

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("many")]
    [InlineData("10001")]
    public void A_number_of_partitions_that_makes_no_sense_is_refused(string value)
    {
        var refusal = Assert.Throws<StartRefusedException>(() => TopicPartitions.From(Settings.Of((TopicPartitions.Key, value))));
        Assert.StartsWith($"Topics:Partitions: '{value}' is not allowed", refusal.Message, StringComparison.Ordinal);
    }
}
