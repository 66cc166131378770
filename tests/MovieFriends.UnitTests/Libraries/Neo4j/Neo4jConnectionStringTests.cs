using MovieFriends.Extensions;
using MovieFriends.Neo4j;
using Xunit;

namespace MovieFriends.UnitTests.Libraries;

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

    [Theory]
    [InlineData("Endpoint=bolt://host:7687/charges;Username=neo4j;Password=p")]
    [InlineData("Endpoint=bolt://host:7687/charges;Database=charges;Username=neo4j;Password=p")]
    [InlineData("bolt://neo4j:p@host:7687/charges")]
    public void The_path_of_an_address_is_the_database(string value)
    {
        var connection = Neo4jConnectionString.Parse(value, "graph");

        Assert.Equal(("charges", "/"), (connection.Database, connection.Endpoint.AbsolutePath));
    }

    [Theory]
    [InlineData("Endpoint=bolt://host:7687/charges;Database=other")]
    [InlineData("Endpoint=bolt://host:7687/charges/more")]
    [InlineData("bolt://host:7687/charges/more")]
    public void A_path_that_is_no_database_or_another_one_is_refused(string value) =>
        Assert.Throws<ConfigurationException>(() => Neo4jConnectionString.Parse(value, "graph"));

    [Theory]
    [InlineData("Endpoint=bolt://host;Username=neo4j;Password=a;secret")]
    [InlineData("Endpoint=bolt://host;Username=neo4j;Password=a;secret=1")]
    [InlineData("Endpoint=bolt://host;Username=neo4j;Password=\"secret")]
    public void A_password_that_must_be_quoted_is_refused_with_the_way_to_quote_it(string value)
    {
        var error = Assert.Throws<ConfigurationException>(() => Neo4jConnectionString.Parse(value, "graph"));

        Assert.Contains("Password=\"a;b\"\"c\"", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_that_is_quoted_so_is_read() =>
        Assert.Equal("a;b\"c", Neo4jConnectionString.Parse("Endpoint=bolt://host;Password=\"a;b\"\"c\"", "graph").Password);

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
