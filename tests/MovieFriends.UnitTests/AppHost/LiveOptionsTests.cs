using MovieFriends.AppHost.Live;
using MovieFriends.Extensions;
using Xunit;

namespace MovieFriends.UnitTests.AppHost;

public sealed class LiveOptionsTests
{
    private const string Key = "Live:IntervalSeconds";

    [Theory]
    [InlineData(null, 10)]
    [InlineData("0.5", 0.5)]
    [InlineData("3600", 3600)]
    public void Lines_come_as_often_as_asked_for(string? value, double seconds) =>
        Assert.Equal(seconds, Options(value).IntervalSeconds);

    [Theory]
    [InlineData("0", "must be a number of seconds from 0.1 to 3600.")]
    [InlineData("3601", "must be a number of seconds from 0.1 to 3600.")]
    [InlineData("NaN", "must be a number of seconds from 0.1 to 3600.")]
    [InlineData("often", "must be a number.")]
    public void What_is_no_interval_is_refused_by_its_key(string value, string rule) =>
        Assert.Equal($"{Key} = '{value}': {rule}", Assert.Throws<ConfigurationException>(() => Options(value)).Message);

    private static LiveOptions Options(string? value) =>
        (value is null ? Settings.Of() : Settings.Of((Key, value))).ReadValidated<LiveOptions>(LiveOptions.Section);
}
