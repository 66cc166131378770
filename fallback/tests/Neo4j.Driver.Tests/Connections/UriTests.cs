namespace Neo4j.Driver.Tests.Connections;

public sealed class UriTests
{
    [Theory]
    [InlineData("bolt://localhost", false)]
    [InlineData("bolt+s://localhost:7687", true)]
    [InlineData("bolt+ssc://localhost", true)]
    public async Task The_scheme_says_whether_to_encrypt(string uri, bool encrypted)
    {
        await using var driver = GraphDatabase.Driver(uri, AuthTokens.None);
        Assert.Equal(encrypted, driver.Encrypted);
    }

    [Fact]
    public async Task The_settings_say_it_where_the_scheme_does_not()
    {
        await using var driver = GraphDatabase.Driver("bolt://localhost", AuthTokens.None, config => config.WithEncryptionLevel(EncryptionLevel.Encrypted));
        Assert.True(driver.Encrypted);
        Assert.Throws<ArgumentException>(() => GraphDatabase.Driver(
            "bolt+s://localhost", AuthTokens.None, config => config.WithEncryptionLevel(EncryptionLevel.None)));
    }

    [Theory]
    [InlineData("neo4j://localhost")]
    [InlineData("neo4j+s://localhost")]
    [InlineData("neo4j+ssc://localhost")]
    public void Routing_is_refused_with_the_reason(string uri) => Assert.Contains(
        "routing", Assert.Throws<NotSupportedException>(() => GraphDatabase.Driver(uri, AuthTokens.None)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("http://localhost", typeof(NotSupportedException))]
    [InlineData("bolt://localhost?policy=x", typeof(ArgumentException))]
    [InlineData("localhost", typeof(UriFormatException))]
    public void Any_other_address_is_refused(string uri, Type error) =>
        Assert.Throws(error, () => GraphDatabase.Driver(uri, AuthTokens.None));
}
