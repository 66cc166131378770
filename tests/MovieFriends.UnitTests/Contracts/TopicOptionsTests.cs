using Microsoft.Extensions.Configuration;
using MovieFriends.AppHost.Servers;
using MovieFriends.Contracts.Topics;
using MovieFriends.Extensions;
using MovieFriends.UnitTests.Servers;
using Xunit;

namespace MovieFriends.UnitTests.Contracts;

public sealed class TopicOptionsTests
{
    [Theory]
    [InlineData("other", "other")]
    [InlineData(null, "charges")]
    [InlineData("charges.dead-letter", null)]
    public void One_topic_for_charges_and_dead_letters_is_refused_with_both_keys(string? charges, string? deadLetters)
    {
        var configuration = Configuration(charges, deadLetters);

        var error = Assert.Throws<ConfigurationException>(() => OptionsExtensions.Bind<TopicOptions>(configuration, TopicOptions.Section));
        var refusal = Assert.Throws<StartRefusedException>(() => TopicNames.Check(configuration));

        Assert.All([error.Message, refusal.Message], message =>
        {
            Assert.StartsWith("Topics:DeadLetters", message, StringComparison.Ordinal);
            Assert.Contains("Topics:Charges", message, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("a", "b")]
    [InlineData("charges", "Charges")]
    public void Two_topics_are_allowed(string? charges, string? deadLetters)
    {
        TopicNames.Check(Configuration(charges, deadLetters));
        OptionsExtensions.Bind<TopicOptions>(Configuration(charges, deadLetters), TopicOptions.Section);
    }

    [Fact]
    public void A_name_that_is_none_is_refused_before_a_server_is_started() =>
        Assert.StartsWith("Topics:Charges: 'a b' is not allowed; ", Assert.Throws<StartRefusedException>(() => TopicNames.Check(Configuration("a b", null))).Message, StringComparison.Ordinal);

    private static IConfiguration Configuration(string? charges, string? deadLetters) =>
        Settings.Of([.. new[] { ("Topics:Charges", charges), ("Topics:DeadLetters", deadLetters) }.Where(pair => pair.Item2 is not null).Select(pair => (pair.Item1, pair.Item2!))]);
}
