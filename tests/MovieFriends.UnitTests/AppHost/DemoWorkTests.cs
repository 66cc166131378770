using MovieFriends.AppHost.Demo;
using MovieFriends.AppHost.Servers;
using MovieFriends.Contracts.Reporting;
using MovieFriends.Extensions;
using Xunit;

namespace MovieFriends.UnitTests.AppHost;

public sealed class DemoWorkTests
{
    [Fact]
    public void A_demo_that_has_nothing_to_do_is_not_a_success()
    {
        Assert.Contains("Producer:Source", Assert.Throws<FatalException>(() => DemoReportCollector.RequireMessages(Report(messages: 0))).Message, StringComparison.Ordinal);
        DemoReportCollector.RequireMessages(Report(messages: 1));
    }

    [Fact]
    public void The_standard_input_which_services_do_not_have_is_refused_before_anything_starts()
    {
        var refusal = Assert.Throws<ConfigurationException>(() => ProducerSource.Check(Settings.Of(("Producer:Source", "-"))));

        Assert.StartsWith("Producer:Source = '-': must be Generator or a file's path", refusal.Message, StringComparison.Ordinal);
        ProducerSource.Check(Settings.Of(("Producer:Source", "Generator")));
        ProducerSource.Check(Settings.Of());
    }

    private static ProducerReport Report(long messages) => new(messages, 0, 0, 0, 0, 0, 0, []);
}
