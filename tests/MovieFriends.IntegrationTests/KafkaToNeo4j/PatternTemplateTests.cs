using MovieFriends.IntegrationTests.Infrastructure;
using MovieFriends.KafkaToNeo4j;
using MovieFriends.Neo4j;
using Neo4j.Driver;
using Xunit;

namespace MovieFriends.IntegrationTests.KafkaToNeo4j;

/// <summary>What the database makes of the Cypher of patterns.</summary>
[Trait(Suite.Trait, Suite.Compatibility)]
public sealed class PatternTemplateTests(RunningServers servers)
{
    // Two rentals of the same film by the same user, the later one last.
    private static readonly List<Dictionary<string, object?>> s_rentals =
    [
        Rental(user: 7, movie: 1, "Alien", price: 3.5, at: 100),
        Rental(user: 7, movie: 2, "Brazil", price: 4, at: 101),
        Rental(user: 8, movie: 1, "Alien", price: 2, at: 102),
        Rental(user: 7, movie: 1, "Alien", price: 5, at: 103),
    ];

    // Words of Cypher, any of which can be somebody's label, type or property.
    private static readonly string[] s_words =
    [
        "all", "and", "any", "as", "asc", "assert", "by", "call", "case", "constraint", "contains", "count", "create", "csv", "default", "delete", "desc",
        "detach", "distinct", "drop", "else", "end", "ends", "exists", "false", "filter", "finish", "for", "foreach", "from", "in", "index", "inf", "insert", "is",
        "join", "key", "limit", "load", "match", "merge", "nan", "nfc", "nfd", "nfkc", "nfkd", "node", "none", "normalized", "not", "null", "nulls", "of", "offset",
        "on", "optional", "or", "order", "relationship", "remove", "require", "return", "row", "scalar", "scan", "set", "shortestPath", "single", "skip", "start",
        "starts", "then", "true", "type", "typed", "union", "unique", "unwind", "use", "using", "when", "where", "with", "xor", "yield", "_", "n", "r", "source",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("(:PatternUser{!userId, price})", 2, 0, 0)]
    [InlineData("(:PatternUser:Customer{!userId, price})", 2, 0, 0)]
    [InlineData("(:PatternUser{!userId})", 2, 0, 0)]
    [InlineData("(:PatternUser{!id: userId, -title})", 2, 0, 0)]
    [InlineData("(:PatternUser{!userId})-[:RENTED{price}]->(:PatternMovie{!movieId, title})", 2, 2, 3)]
    [InlineData("(:PatternUser{!userId})-[:RENTED]->(:PatternMovie{!movieId, title})", 2, 2, 3)]
    [InlineData("(:PatternMovie{!movieId, title})<-[:RENTED{!at, price}]-(:PatternUser{!userId})", 2, 2, 4)]
    [InlineData("(:PatternUser{!userId})-[:RENTED{price}]->(:PatternUser{!userId: movieId})", 4, 0, 3)]
    public async Task Each_node_and_relationship_is_there_once_and_found_by_an_index(string pattern, int users, int movies, int relationships)
    {
        await using var scenario = await Scenario.StartAsync(servers, users: 0, Cancellation);
        foreach (var template in new[] { PatternTemplate.Parse(pattern), PatternTemplate.Parse(pattern, s_rentals[0].Keys) })
        {
            await GraphSchema.EnsureAsync(scenario.Graph, database: null, template.Keys, Cancellation);
            await AssertSeeksAsync(scenario, template.Cypher, seeks: relationships > 0 ? 2 : 1);

            // The database may go along the relationships of one node to find the other.
            await AssertSeeksAsync(scenario, template.DeleteCypher, seeks: 1);
            await RunAsync(scenario, template.Cypher, s_rentals);
            await RunAsync(scenario, template.Cypher, s_rentals);

            Assert.Equal((users, movies, relationships), await CountAsync(scenario));
        }
    }

    [Fact]
    public async Task The_last_row_of_a_key_wins()
    {
        await using var scenario = await Scenario.StartAsync(servers, users: 0, Cancellation);
        var template = PatternTemplate.Parse("(:PatternUser{!userId})-[:RENTED]->(:PatternMovie{!movieId, title})");
        await RunAsync(scenario, template.Cypher, s_rentals);

        var rentals = await scenario.QueryAsync("MATCH ({userId: 7})-[r:RENTED]->({movieId: 1}) RETURN properties(r) AS r");

        Assert.Equal([KeyValuePair.Create("at", (object)103L), KeyValuePair.Create("price", (object)5.0)], Assert.Single(rentals)["r"].As<Dictionary<string, object>>().OrderBy(p => p.Key));
    }

    [Fact]
    public async Task What_the_pattern_does_not_take_keeps_its_value()
    {
        await using var scenario = await Scenario.StartAsync(servers, users: 0, Cancellation);
        await scenario.QueryAsync("CREATE (:PatternUser {id: 7, title: 'Dr', userId: 'old', born: 1970, price: 1.0})");

        await RunAsync(scenario, PatternTemplate.Parse("(:PatternUser{!id: userId, -title, -movieId})").Cypher, [s_rentals[0]]);

        var user = Assert.Single(await scenario.QueryAsync("MATCH (n:PatternUser) RETURN properties(n) AS n"))["n"].As<Dictionary<string, object>>();
        Assert.Equal("at=100 born=1970 id=7 price=3.5 title=Dr userId=old", string.Join(' ', user.OrderBy(p => p.Key).Select(p => FormattableString.Invariant($"{p.Key}={p.Value}"))));
    }

    [Fact]
    public async Task Nested_properties_are_read()
    {
        await using var scenario = await Scenario.StartAsync(servers, users: 0, Cancellation);
        var row = new Dictionary<string, object?> { ["userId"] = 7L, ["address"] = new Dictionary<string, object?> { ["city"] = "Ulm" } };

        await RunAsync(scenario, PatternTemplate.Parse("(:PatternUser{!userId, *, city: address.city, none: address.street.number})").Cypher, [row]);

        Assert.Equal("Ulm", Assert.Single(await scenario.QueryAsync("MATCH (n:PatternUser {userId: 7}) RETURN n.city AS city"))["city"].As<string>());
    }

    [Fact]
    public async Task Rows_without_a_key_are_refused()
    {
        await using var scenario = await Scenario.StartAsync(servers, users: 0, Cancellation);
        var row = new Dictionary<string, object?> { ["userId"] = null };

        await Assert.ThrowsAnyAsync<Neo4jException>(() => RunAsync(scenario, PatternTemplate.Parse("(:PatternUser{!userId, title})").Cypher, [row]));
    }

    [Theory]
    [InlineData("(:PatternUser{!userId})-[:RENTED]->(:PatternMovie{!movieId, title})", 2, 2, 2)]
    [InlineData("(:PatternUser{!userId})-[:RENTED{!at}]->(:PatternMovie{!movieId, title})", 2, 2, 3)]
    [InlineData("(:PatternUser{!userId})", 1, 0, 0)]
    public async Task A_row_of_keys_deletes_what_it_stands_for(string pattern, int users, int movies, int relationships)
    {
        await using var scenario = await Scenario.StartAsync(servers, users: 0, Cancellation);
        var template = PatternTemplate.Parse(pattern);
        await RunAsync(scenario, template.Cypher, s_rentals);

        var keys = new Dictionary<string, object?> { ["userId"] = 7L, ["movieId"] = 1L, ["at"] = 100L };
        await RunAsync(scenario, template.DeleteCypher, [keys]);
        await RunAsync(scenario, template.DeleteCypher, [keys]);

        Assert.Equal((users, movies, relationships), await CountAsync(scenario));
    }

    [Theory]
    [InlineData("Old user")]
    [InlineData("a`b``c")]
    [InlineData("x`) DETACH DELETE n //")]
    [InlineData("'\"{$rows}")]
    [InlineData("Größe.日本")]
    public async Task Any_name_stays_a_name(string name)
    {
        await using var scenario = await Scenario.StartAsync(servers, users: 0, Cancellation);
        var quoted = $"`{name.Replace("`", "``", StringComparison.Ordinal)}`";
        var template = PatternTemplate.Parse($"(:{quoted}{{!{quoted}, *}})");

        await RunAsync(scenario, template.Cypher, [new() { [name] = 7L, ["price"] = 1.0 }]);

        var node = Assert.Single(await scenario.QueryAsync("MATCH (n) RETURN labels(n) AS labels, properties(n) AS properties"));
        Assert.Equal([name], node["labels"].As<List<string>>());
        Assert.Equal(["price", name], node["properties"].As<Dictionary<string, object>>().Keys.OrderBy(key => key != "price"));
    }

    [Fact]
    public async Task Words_of_Cypher_are_names_too()
    {
        await using var scenario = await Scenario.StartAsync(servers, users: 0, Cancellation);
        foreach (var word in s_words)
            await RunAsync(scenario, "EXPLAIN " + PatternTemplate.Parse($"(:{word}{{!{word}, x}})-[:{word}{{!{word}}}]->(:A:{word}{{!a, {word}}})").Cypher, []);

        // A statement is planned in some time, whatever its size.
        foreach (var words in s_words.Chunk(13))
        {
            var node = PatternTemplate.Parse($"(:{string.Join(':', words)}{{!{string.Join(", !", words)}, -x}})");
            await RunAsync(scenario, "EXPLAIN " + node.Cypher, []);
            await RunAsync(scenario, "EXPLAIN " + node.DeleteCypher, []);
        }
    }

    private static Dictionary<string, object?> Rental(long user, long movie, string title, double price, long at) => new()
    {
        ["userId"] = user,
        ["movieId"] = movie,
        ["title"] = title,
        ["price"] = price,
        ["at"] = at,
    };

    private static async Task AssertSeeksAsync(Scenario scenario, string statement, int seeks)
    {
        var operators = new List<string>();
        Collect((await RunAsync(scenario, "EXPLAIN " + statement, [])).Plan, operators);
        Assert.DoesNotContain(operators, o => o.Contains("Scan", StringComparison.OrdinalIgnoreCase));
        Assert.InRange(operators.Count(o => o.Contains("UniqueIndexSeek", StringComparison.Ordinal)), seeks, int.MaxValue);
    }

    private static void Collect(IPlan plan, List<string> operators)
    {
        operators.Add(plan.OperatorType);
        foreach (var child in plan.Children)
            Collect(child, operators);
    }

    private static async Task<IResultSummary> RunAsync(Scenario scenario, string statement, List<Dictionary<string, object?>> rows)
    {
        await using var session = scenario.Graph.AsyncSession();
        var cursor = await session.RunAsync(statement, new Dictionary<string, object> { ["rows"] = rows });
        return await cursor.ConsumeAsync();
    }

    private static async Task<(int Users, int Movies, int Relationships)> CountAsync(Scenario scenario) => (
        await CountAsync(scenario, "(x:PatternUser)"), await CountAsync(scenario, "(x:PatternMovie)"), await CountAsync(scenario, "()-[x:RENTED]->()"));

    private static async Task<int> CountAsync(Scenario scenario, string pattern) =>
        (await scenario.QueryAsync($"MATCH {pattern} RETURN count(x) AS count"))[0]["count"].As<int>();
}
