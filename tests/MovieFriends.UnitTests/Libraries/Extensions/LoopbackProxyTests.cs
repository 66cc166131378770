using Microsoft.Extensions.Hosting;
using MovieFriends.Extensions;
using MovieFriends.ServiceDefaults;
using Xunit;

namespace MovieFriends.UnitTests.Libraries;

public sealed class LoopbackProxyTests
{
    [Theory]
    [InlineData(null, "localhost,.localhost,127.0.0.1,[::1],::1")]
    [InlineData("", "localhost,.localhost,127.0.0.1,[::1],::1")]
    [InlineData("intranet, 127.0.0.1", "intranet,127.0.0.1,localhost,.localhost,[::1],::1")]
    [InlineData("LOCALHOST,.localhost,127.0.0.1,[::1],::1", "LOCALHOST,.localhost,127.0.0.1,[::1],::1")]
    public void This_machine_is_added_to_what_is_there(string? given, string expected) => Assert.Equal(expected, LoopbackProxy.With(given));

    [Fact]
    public void Every_service_does_without_a_proxy_for_it()
    {
        Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true }).AddServiceDefaults();

        Assert.All(["no_proxy", "NO_PROXY"], variable => Assert.Contains("127.0.0.1", Environment.GetEnvironmentVariable(variable)?.Split(',') ?? []));
    }
}
