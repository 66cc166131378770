using MovieFriends.ServiceDefaults.Configuration;
using MovieFriends.ServiceDefaults.Neo4j;
using Xunit;

namespace MovieFriends.UnitTests.ServiceDefaults;

public sealed class Neo4jConnectionStringTests
{
    [Fact]
    public void Pairs_are_read()
    {
        var connection = Neo4jConnectionString.Parse("Endpoint=bolt://host:7688;Username=neo4j;Password=\"a;b=c\";Database=charges", "graph");

        Assert.Equal(new Uri("bolt://host:7688"), connection.Endpoint);
        Assert.Equal(("neo4j", "a;b=c", "charges"), (connection.UserName, connection.Password, connection.Database));
    }

    [Fact]
    public void A_URI_is_read()
    {
        var connection = Neo4jConnectionString.Parse("neo4j+s://neo4j:p%40ss@host:7688/charges", "graph");

        Assert.Equal(("neo4j+s", "host", 7688), (connection.Endpoint.Scheme, connection.Endpoint.Host, connection.Endpoint.Port));
        Assert.Equal(("neo4j", "p@ss", "charges"), (connection.UserName, connection.Password, connection.Database));
        Assert.Empty(connection.Endpoint.UserInfo);
    }

    [Fact]
    public void User_and_database_may_be_left_out()
    {
        var connection = Neo4jConnectionString.Parse("bolt://127.0.0.1:7687", "graph");

        Assert.Null(connection.UserName);
        Assert.Null(connection.Database);
    }

    [Theory]
    [InlineData("http://host:7474")]
    [InlineData("Endpoint=ftp://host")]
    [InlineData("Endpoint=bolt://host;User=neo4j;Password=secret")]
    [InlineData("Username=neo4j;Password=secret")]
    [InlineData("Endpoint=bolt://neo4j:secret@host")]
    [InlineData("secret")]
    public void What_cannot_be_used_is_refused_by_name_without_repeating_it(string value)
    {
        var error = Assert.Throws<ConfigurationException>(() => Neo4jConnectionString.Parse(value, "graph"));
        Assert.StartsWith("ConnectionStrings:graph", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_text_has_no_password() =>
        Assert.DoesNotContain("secret", Neo4jConnectionString.Parse("bolt://neo4j:secret@host", "graph").ToString(), StringComparison.Ordinal);

    [Fact]
    public void The_text_of_the_settings_has_no_password() =>
        Assert.DoesNotContain("secret", new Neo4jDriverSettings { ConnectionString = "bolt://neo4j:secret@host" }.ToString(), StringComparison.Ordinal);
}
