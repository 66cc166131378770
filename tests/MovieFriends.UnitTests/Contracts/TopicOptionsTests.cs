using Microsoft.Extensions.Configuration;
using MovieFriends.Contracts.Topics;
using MovieFriends.Extensions;
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

        var error = Assert.Throws<ConfigurationException>(() => configuration.ReadValidated<TopicOptions>(TopicOptions.Section));

        Assert.StartsWith("Topics:DeadLetters", error.Message, StringComparison.Ordinal);
        Assert.Contains("Topics:Charges", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("a", "b")]
    [InlineData("charges", "Charges")]
    public void Two_topics_are_allowed(string? charges, string? deadLetters)
    {
        Configuration(charges, deadLetters).ReadValidated<TopicOptions>(TopicOptions.Section);
    }

    [Theory]
    [InlineData("charges")]
    [InlineData("charges.dead-letter")]
    public void Rentals_have_a_topic_of_their_own(string rentals) =>
        Assert.StartsWith("Topics:Rentals", Assert.Throws<ConfigurationException>(() => Bind(("Topics:Rentals", rentals))).Message, StringComparison.Ordinal);

    [Fact]
    public void Each_topic_has_dead_letters_of_its_own()
    {
        var topics = Bind(("Topics:DeadLetters", "letters"), ("Topics:Rentals", "rentals"));

        Assert.Equal(["letters", "rentals.dead-letter"], [topics.DeadLettersOf(topics.Charges), topics.DeadLettersOf(topics.Rentals!)]);
    }

    [Fact]
    public void A_name_that_is_none_is_refused_by_its_key() =>
        Assert.StartsWith("Topics:Charges = 'a b': must be 1 to 249 letters", Assert.Throws<ConfigurationException>(() => Bind(("Topics:Charges", "a b"))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(null, 4)]
    [InlineData("12", 12)]
    public void Topics_get_as_many_partitions_as_configured(string? value, int partitions) =>
        Assert.Equal(partitions, (value is null ? Bind() : Bind(("Topics:Partitions", value))).Partitions);

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("many")]
    [InlineData("10001")]
    public void A_number_of_partitions_that_makes_no_sense_is_refused(string value) =>
        Assert.StartsWith($"Topics:Partitions = '{value}': ", Assert.Throws<ConfigurationException>(() => Bind(("Topics:Partitions", value))).Message, StringComparison.Ordinal);

    private static TopicOptions Bind(params (string Key, string? Value)[] values) => Settings.Of(values).ReadValidated<TopicOptions>(TopicOptions.Section);

    private static IConfiguration Configuration(string? charges, string? deadLetters) =>
        Settings.Of([.. new[] { ("Topics:Charges", charges), ("Topics:DeadLetters", deadLetters) }.Where(pair => pair.Item2 is not null).Select(pair => (pair.Item1, pair.Item2!))]);
}
