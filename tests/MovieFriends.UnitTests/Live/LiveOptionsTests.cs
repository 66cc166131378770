using Microsoft.Extensions.Configuration;
using MovieFriends.AppHost.Live;
using MovieFriends.AppHost.Servers;
using Xunit;

namespace MovieFriends.UnitTests.Live;

public sealed class LiveOptionsTests
{
    [Theory]
    [InlineData(null, 10)]
    [InlineData("0.5", 0.5)]
    [InlineData("3600", 3600)]
    public void Lines_come_as_often_as_asked_for(string? value, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), LiveOptions.From(Configuration(value)).Interval);

    [Theory]
    [InlineData("0")]
    [InlineData("3601")]
    [InlineData("NaN")]
    [InlineData("often")]
    public void What_is_no_interval_is_refused_by_its_key(string value)
    {
        var refusal = Assert.Throws<StartRefusedException>(() => LiveOptions.From(Configuration(value)));

        Assert.Equal($"Live:IntervalSeconds: '{value}' is not allowed; a number of seconds from 0.1 to 3600 is", refusal.Message);
    }

    private static IConfiguration Configuration(string? value) =>
        new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(LiveOptions.IntervalKey, value)]).Build();
}
