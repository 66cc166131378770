using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MovieFriends.Neo4j;
using Neo4j.Driver;
using Xunit;

namespace MovieFriends.UnitTests.Libraries;

public sealed class AddNeo4jDriverTests
{
    [Fact]
    public void A_host_needs_nothing_else_to_use_the_driver()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:graph", "bolt://neo4j:secret@127.0.0.1:1/people")]);

        builder.AddNeo4jDriver("graph");

        using var host = builder.Build();
        Assert.NotNull(host.Services.GetRequiredService<IDriver>());
        Assert.NotNull(host.Services.GetRequiredService<GraphRetry>());
        Assert.Equal("people", host.Services.GetRequiredService<Neo4jDriverSettings>().Database);
    }
}
