using System.Text;
using Confluent.Kafka;
using Microsoft.Extensions.Hosting;
using MovieFriends.IntegrationTests.Infrastructure;
using MovieFriends.KafkaToNeo4j;
using Neo4j.Driver;
using Xunit;

namespace MovieFriends.IntegrationTests.KafkaToNeo4j;

/// <summary>Streams of an application's own: a record and a Cypher text.</summary>
public sealed class RecordStreamTests(RunningServers servers)
{
    private const string WriteOrders = "UNWIND $rows AS r MERGE (o:Order {id: r.id}) SET o.total = r.total, o.lines = r.lines";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private sealed record Order(long Id, double Total, string[] Lines);

    private sealed record Rental(long UserId, string Movie);

    [Fact]
    public async Task Each_message_is_a_row_of_the_statement_and_one_that_is_no_record_is_a_dead_letter()
    {
        await using var scenario = await Scenario.StartAsync(servers, users: 0, Cancellation);
        await scenario.ProduceAsync(
            """{"id": 1, "total": 5.5, "lines": ["a", "b"]}""",
            """{"ID": 2, "Total": 1, "lines": []}""",
            """{"id": 3, "total": 1, "lines": null}""",
            """{"id": 4}""",
            "no JSON");

        await using var application = await StartAsync(scenario);
        await application.SettledAsync(scenario.Topic, 5);

        var orders = await scenario.QueryAsync("MATCH (o:Order) RETURN o.id AS id, o.total AS total, size(o.lines) AS lines ORDER BY id");
        Assert.Equal([(1, 5.5, 2), (2, 1.0, 0)], orders.Select(o => (o["id"].As<long>(), o["total"].As<double>(), o["lines"].As<int>())));
        Assert.Equal(3, application.Status(scenario.Topic).DeadLettered);
        if (servers.HasHeaders)
            Assert.All(scenario.ReadDeadLetters(3), letter => Assert.Equal("malformed", Encoding.UTF8.GetString(letter.Headers.GetLastBytes("error.type"))));
    }

    [Fact]
    public async Task The_verifier_says_of_any_stream_whether_its_ledger_is_at_the_end_of_its_topic()
    {
        await using var scenario = await Scenario.StartAsync(servers, users: 0, Cancellation);
        await scenario.ProduceAsync([.. Enumerable.Range(1, 3).Select(id => $$"""{"id": {{id}}, "total": 1, "lines": []}""")]);
        var topic = $"Verifier:Topic={scenario.Topic}";

        await using (var early = scenario.Start("verifier", topic, "Verifier:WaitSeconds=0"))
        {
            Assert.Equal(1, await early.ExitCodeAsync(Cancellation));
            Assert.Equal(1, early.Count($"3 messages of {scenario.Topic} are not in the graph yet."));
        }

        await using (var application = await StartAsync(scenario))
            await application.SettledAsync(scenario.Topic, 3);
        await using (var settled = scenario.Start("verifier", topic))
            Assert.Equal(0, await settled.ExitCodeAsync(Cancellation));

        await scenario.QueryAsync("MATCH (o:KafkaOffset) SET o.nextOffset = o.nextOffset + 1");
        await using var past = scenario.Start("verifier", topic);
        Assert.Equal(1, await past.ExitCodeAsync(Cancellation));
        Assert.InRange(past.Count("stands past the partition's end"), 1, 4);
    }

    [Fact]
    public async Task A_row_that_the_database_refuses_is_a_dead_letter_and_the_others_are_written()
    {
        await using var scenario = await Scenario.StartAsync(servers, users: 0, Cancellation);
        await scenario.ProduceAsync([.. Enumerable.Range(1, 50).Select(id => $$"""{"id": {{id}}, "total": {{(id == 30 ? 0 : 1)}}, "lines": []}""")]);

        // A division of whole numbers by zero is an error of this row alone.
        await using var application = await StartAsync(scenario, "UNWIND $rows AS r MERGE (o:Order {id: r.id}) SET o.share = 1 / toInteger(r.total)");
        await application.SettledAsync(scenario.Topic, 50);

        Assert.Equal(49, (await scenario.QueryAsync("MATCH (o:Order) RETURN count(o) AS orders"))[0]["orders"].As<long>());
        Assert.Equal(1, application.Status(scenario.Topic).DeadLettered);
    }

    [Fact]
    public async Task A_message_without_a_value_deletes_what_its_key_names_and_later_ones_write_it_anew()
    {
        await using var scenario = await Scenario.StartAsync(servers, users: 0, Cancellation);
        using var topics = new TopicProbe(servers);
        await topics.CreateAsync(scenario.Topic, partitions: 1);
        await topics.AppendAsync([Message("1", 1, 10), Message("2", 2, 20), Message("1", null, 0), Message("2", null, 0), Message("2", 2, 30)]);

        await using var application = await StartAsync(
            scenario, WriteOrders, stream => stream.DeleteCypher = "UNWIND $keys AS key MATCH (o:Order {id: toInteger(key)}) DETACH DELETE o");
        await application.SettledAsync(scenario.Topic, 5);

        var orders = await scenario.QueryAsync("MATCH (o:Order) RETURN o.id AS id, o.total AS total");
        Assert.Equal([(2, 30.0)], orders.Select(o => (o["id"].As<long>(), o["total"].As<double>())));

        (TopicPartition, Message<string, string>) Message(string key, int? id, int total) => (
            new TopicPartition(scenario.Topic, 0),
            new Message<string, string> { Key = key, Value = id is null ? null! : $$"""{"id": {{id}}, "total": {{total}}, "lines": []}""" });
    }

    [Fact]
    public async Task Two_streams_of_one_process_have_a_ledger_a_dead_letter_topic_and_a_status_each()
    {
        await using var scenario = await Scenario.StartAsync(servers, users: 0, Cancellation);
        await using var other = await Scenario.StartAsync(servers, users: 0, Cancellation);
        await scenario.ProduceAsync([.. Enumerable.Range(1, 300).Select(id => $$"""{"id": {{id}}, "total": 1, "lines": []}"""), "no order"]);
        await other.ProduceAsync(Enumerable.Range(1, 200).Select(user => $$"""{"userId": {{user}}, "movie": "{{user % 10}}"}"""));

        await using var application = await StreamApplication.StartAsync(scenario, builder =>
        {
            builder.AddKafkaToNeo4j<Order>("kafka", "graph", scenario.Topic, WriteOrders, stream => stream.Keys = [("Order", "id")]);
            builder.AddKafkaToNeo4j<Rental>(
                "kafka",
                "graph",
                other.Topic,
                "UNWIND $rows AS r MERGE (u:Customer {id: r.userId}) MERGE (m:Movie {name: r.movie}) MERGE (u)-[:RENTED]->(m)",
                stream => stream.Keys = [("Customer", "id"), ("Movie", "name")]);
        });
        await application.SettledAsync(scenario.Topic, 301);
        await application.SettledAsync(other.Topic, 200);

        var counts = (await scenario.QueryAsync("MATCH (o:Order) WITH count(o) AS orders MATCH (:Customer)-[r:RENTED]->(:Movie) RETURN orders, count(r) AS rentals"))[0];
        Assert.Equal((300, 200), (counts["orders"].As<long>(), counts["rentals"].As<long>()));
        Assert.Equal((1, 0), (application.Status(scenario.Topic).DeadLettered, application.Status(other.Topic).DeadLettered));
        var ledger = await scenario.QueryAsync("MATCH (o:KafkaOffset) RETURN sum(o.nextOffset) AS sum");
        Assert.Equal(501, ledger[0]["sum"].As<long>());
    }

    [Theory]
    [InlineData("UNWIND $rows AS r MERGE (o:Order {id: r.id}) SET o.total = total", "total")]
    [InlineData("UNWIND $rows AS r MERGE (o:Order {id: r.id}) RETURN o", "Leave RETURN out")]
    public async Task A_text_that_cannot_write_a_batch_ends_the_start_and_nothing_is_read(string cypher, string reason)
    {
        await using var scenario = await Scenario.StartAsync(servers, users: 0, Cancellation);
        await scenario.ProduceAsync("""{"id": 1, "total": 1, "lines": []}""");

        await using var application = await StartAsync(scenario, cypher);

        Assert.Contains(reason, await application.FailureAsync(), StringComparison.Ordinal);
        Assert.Empty(await scenario.QueryAsync("MATCH (o:KafkaOffset) RETURN o"));
    }

    [Fact]
    public async Task An_error_of_the_applications_own_ends_the_stream_and_says_where()
    {
        await using var scenario = await Scenario.StartAsync(servers, users: 0, Cancellation);
        await scenario.ProduceAsync("one");

        await using var application = await StreamApplication.StartAsync(scenario, builder => builder.AddKafkaToNeo4j<BrokenRows, NoWriter>("kafka", "graph", scenario.Topic));

        Assert.Contains($"The stream of {scenario.Topic} failed", await application.FailureAsync(), StringComparison.Ordinal);
    }

    private sealed class BrokenRows : IRowSet
    {
        public int Count => 0;

        public RowResult Add(in ReceivedMessage message) => throw new InvalidOperationException("The rows are broken.");

        public void Clear()
        {
        }
    }

    private sealed class NoWriter : IRowWriter<BrokenRows>
    {
        public Task<WriteResult> InsertAsync(IAsyncQueryRunner transaction, BrokenRows rows) => Task.FromResult(default(WriteResult));
    }

    [Fact]
    public async Task A_pattern_says_how_rows_are_written()
    {
        await using var scenario = await Scenario.StartAsync(servers, users: 0, Cancellation);
        await scenario.ProduceAsync("""{"userId": 7, "movie": "Heat"}""", """{"userId": 8, "movie": "Heat"}""", """{"userId": 7, "movie": "Heat"}""");

        await using var application = await StreamApplication.StartAsync(
            scenario, builder => builder.AddKafkaToNeo4j<Rental>("kafka", "graph", scenario.Topic, PatternTemplate.Parse("(:Customer{!userId})-[:RENTED]->(:Movie{!movie})")));
        await application.SettledAsync(scenario.Topic, 3);

        var rentals = await scenario.QueryAsync("MATCH (c:Customer)-[:RENTED]->(m:Movie) RETURN c.userId AS customer, m.movie AS movie ORDER BY customer");
        Assert.Equal([(7, "Heat"), (8, "Heat")], rentals.Select(r => (r["customer"].As<long>(), r["movie"].As<string>())));
    }

    private static Task<StreamApplication> StartAsync(Scenario scenario, string cypher = WriteOrders, Action<RecordSettings<Order>>? configure = null) =>
        StreamApplication.StartAsync(scenario, builder => builder.AddKafkaToNeo4j<Order>("kafka", "graph", scenario.Topic, cypher, stream =>
        {
            stream.Keys = [("Order", "id")];
            configure?.Invoke(stream);
        }));
}
