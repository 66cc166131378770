using Microsoft.Extensions.Logging.Testing;
using MovieFriends.KafkaToNeo4j.Cypher;
using Xunit;

namespace MovieFriends.UnitTests.KafkaToNeo4j;

public sealed class RowNamesTests
{
    [Theory]
    [InlineData("UNWIND $rows AS r MERGE (o:Order {id: r.id}) SET o.total = r.total, o.twice = 2 * r.total", "id total")]
    [InlineData("UNWIND {rows} AS row MERGE (o:Order {id: row.id})", "id")]
    [InlineData("unwind $rows as `a row` MERGE (o:Order {id: `a row`.`order id`})", "order id")]
    [InlineData("UNWIND $rows AS r MERGE (c:City {name: r.address.city})", "address")]
    [InlineData("UNWIND $rows AS r // of r.old\nMERGE (o:Order {id: r.id}) /* r.older */ SET o.text = 'r.total', o.other = \"it's r.more\"", "id")]
    [InlineData("UNWIND $rows AS r MERGE (user:User {id: r.id}) SET user.name = o.r.x, user += r", "id")]
    [InlineData("CALL my.write($rows)", "")]
    public void Names_that_a_statement_reads_of_its_rows_are_found(string cypher, string names) =>
        Assert.Equal(names, string.Join(' ', RowNames.Find(cypher)));

    [Fact]
    public void A_name_that_no_row_has_is_a_warning_that_says_what_there_is()
    {
        var log = new FakeLogger();

        RowNames.Check("UNWIND $rows AS r MERGE (o:Order {id: r.id}) SET o.total = r.totla", ["id", "total"], "orders", log);
        Assert.Equal(["The Cypher text for topic orders reads totla of its rows, which they do not have: each is null. Rows have id, total."], log.Collector.GetSnapshot().Select(line => line.Message));

        RowNames.Check("UNWIND $rows AS r MERGE (o:Order {id: r.id}) SET o.total = r.total", ["id", "total"], "orders", log);
        Assert.Single(log.Collector.GetSnapshot());
    }
}
