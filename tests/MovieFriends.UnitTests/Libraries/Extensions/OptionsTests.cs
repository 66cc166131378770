using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using MovieFriends.Extensions;
using Xunit;

namespace MovieFriends.UnitTests.Libraries;

public sealed class OptionsTests
{
    [Fact]
    public void Values_are_bound() =>
        Assert.Equal(new Sample { Size = 7, Color = ConsoleColor.Red }, Bind(("Sample:Size", "7"), ("Sample:Color", "red")));

    [Fact]
    public void An_unknown_key_is_named_with_those_that_there_are()
    {
        var error = Assert.Throws<ConfigurationException>(() => Bind(("Sample:Siz", "7")));
        Assert.Equal("Sample:Siz is not an option; Sample has: Color, Size.", error.Message);
    }

    [Fact]
    public void A_value_out_of_range_is_named_with_the_range()
    {
        var error = Assert.Throws<ConfigurationException>(() => Bind(("Sample:Size", "11")));
        Assert.Equal("Sample:Size = '11': The field Size must be between 1 and 10.", error.Message);
    }

    [Theory]
    [InlineData("Sample:Size", "many", "Sample:Size = 'many': must be a whole number.")]
    [InlineData("Sample:Color", "Pinkish", "Sample:Color = 'Pinkish': must be one of Black, ")]
    public void A_value_of_the_wrong_kind_is_named_with_what_is_allowed(string key, string value, string expected)
    {
        var error = Assert.Throws<ConfigurationException>(() => Bind((key, value)));
        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
    }

    private static Sample Bind(params (string Key, string? Value)[] values) => new ConfigurationBuilder()
        .AddInMemoryCollection(values.Select(v => KeyValuePair.Create(v.Key, v.Value)))
        .Build()
        .ReadValidated<Sample>("Sample");

    private sealed record Sample
    {
        [Range(1, 10)]
        public int Size { get; init; } = 5;

        public ConsoleColor Color { get; init; }
    }
}
