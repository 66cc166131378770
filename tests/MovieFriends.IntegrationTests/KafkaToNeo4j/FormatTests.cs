using System.Buffers.Binary;
using System.Text;
using Avro;
using Confluent.Kafka;
using Confluent.SchemaRegistry;
using Confluent.SchemaRegistry.Serdes;
using Microsoft.AspNetCore.Http;
using MovieFriends.IntegrationTests.Infrastructure;
using MovieFriends.UnitTests;
using Neo4j.Driver;
using Xunit;

namespace MovieFriends.IntegrationTests.KafkaToNeo4j;

/// <summary>Messages that are no plain JSON, most of them with a schema registry.</summary>
public sealed class FormatTests(RunningServers servers)
{
    private const string WriteOrders = "UNWIND $rows AS r MERGE (o:Order {id: r.id}) SET o.total = r.total";
    private const string WriteAvroOrders = WriteOrders + ", o.price = r.price, o.year = r.day.year, o.lines = r.lines, o.note = r.note";

    private const string OrderSchema = """{"type": "object", "properties": {"id": {"type": "integer"}, "total": {"type": "number"}}, "required": ["id", "total"]}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Orders_in_Avro_get_into_the_graph_and_what_is_none_becomes_a_dead_letter()
    {
        await using var scenario = await Scenario.StartAsync(servers, users: 0, Cancellation);
        await using var registry = await SchemaRegistryDouble.StartAsync();
        await ProduceAvroAsync(scenario, registry, 1, 2);
        await scenario.ProduceAsync([(null, Frame(42, [2, 0])), (null, "{\"id\": 3}"u8.ToArray()), (null, [0, 0]), (null, Frame(1, [2]))]);
        await ProduceAvroAsync(scenario, registry, 3);

        await using var application = await StreamApplication.StartAsync(scenario, builder => builder.AddAvro(registry.Url, scenario.Topic, WriteAvroOrders));
        await application.SettledAsync(scenario.Topic, 7);

        var orders = await scenario.QueryAsync("MATCH (o:Order) RETURN o.id AS id, o.total AS total, o.price AS price, o.year AS year, size(o.lines) AS lines, o.note AS note ORDER BY id");
        Assert.Equal([1, 2, 3], orders.Select(o => o["id"].As<int>()));
        Assert.Equal((1.5, 9.25, 2017, 2, null), (orders[0]["total"].As<double>(), orders[0]["price"].As<double>(), orders[0]["year"].As<int>(), orders[0]["lines"].As<int>(), orders[0]["note"]));
        Assert.Equal(-0.05, orders[2]["price"].As<double>());
        Assert.Equal(4, application.Status(scenario.Topic).DeadLettered);
        var reasons = scenario.ReadDeadLetters(4).ConvertAll(letter => Encoding.UTF8.GetString(letter.Headers.GetLastBytes("error.message")));
        Assert.Contains(reasons, reason => reason.Contains("Schema 42 not found", StringComparison.Ordinal));
        Assert.Contains(reasons, reason => reason.Contains("magic byte", StringComparison.OrdinalIgnoreCase));
        Assert.All(reasons, reason => Assert.StartsWith("The value cannot be read as AvroOrder: ", reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Orders_with_a_JSON_schema_get_into_the_graph_and_what_breaks_it_becomes_a_dead_letter()
    {
        await using var scenario = await Scenario.StartAsync(servers, users: 0, Cancellation);
        await using var registry = await SchemaRegistryDouble.StartAsync();
        using var client = NewClient(registry);
        var id = (await client.RegisterSchemaWithResponseAsync(scenario.Topic + "-value", new Confluent.SchemaRegistry.Schema(OrderSchema, SchemaType.Json))).Id;
        await scenario.ProduceAsync(
            [(null, Frame(id, """{"id": 1, "total": 1.5}"""u8)), (null, Frame(id, """{"id": 2}"""u8)), (null, Frame(id + 1, "{}"u8)), (null, """{"id": 3, "total": 1}"""u8.ToArray())]);

        await using var application = await StreamApplication.StartAsync(scenario, builder => builder.AddJsonSchema(client, scenario.Topic, WriteOrders));
        await application.SettledAsync(scenario.Topic, 4);

        Assert.Equal(1.5, Assert.Single(await scenario.QueryAsync("MATCH (o:Order) RETURN o.total AS total"))["total"].As<double>());
        Assert.Equal(3, application.Status(scenario.Topic).DeadLettered);
        Assert.Contains(scenario.ReadDeadLetters(3), letter => Encoding.UTF8.GetString(letter.Headers.GetLastBytes("error.message")).Contains("total", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Orders_in_CSV_get_into_the_graph()
    {
        await using var scenario = await Scenario.StartAsync(servers, users: 0, Cancellation);
        await scenario.ProduceAsync("1;1.5", "2;3;4");

        await using var application = await StreamApplication.StartAsync(scenario, builder => builder.AddCsv(scenario.Topic, WriteOrders));
        await application.SettledAsync(scenario.Topic, 2);

        Assert.Equal(1.5, Assert.Single(await scenario.QueryAsync("MATCH (o:Order {id: 1}) RETURN o.total AS total"))["total"].As<double>());
        Assert.Equal(1, application.Status(scenario.Topic).DeadLettered);
    }

    public static TheoryData<string> Absences => ["refuses connections", "fails", "does not answer", "knows nobody", "is something else"];

    [Theory]
    [MemberData(nameof(Absences))]
    public async Task Messages_wait_while_the_registry_is_away_and_each_is_in_the_graph_once_when_it_is_back(string absence)
    {
        await using var scenario = await Scenario.StartAsync(servers, users: 0, Cancellation);
        await using var registry = await SchemaRegistryDouble.StartAsync();
        await ProduceAvroAsync(scenario, registry, [.. Enumerable.Range(1, 300)]);
        registry.Fault = Absence(absence);
        if (registry.Fault is null)
            await registry.StopServerAsync();

        await using var application = await StreamApplication.StartAsync(
            scenario, builder => builder.AddAvro(registry.Url, scenario.Topic, "UNWIND $rows AS r CREATE (:Order {id: r.id})"));
        await application.LoggedAsync("Messages cannot be read now");
        Assert.Contains("Messages cannot be read since", (await application.HealthAsync()).Description, StringComparison.Ordinal);
        Assert.Equal((0, 0), (application.Status(scenario.Topic).Messages, application.Status(scenario.Topic).DeadLettered));
        if (registry.Fault is null)
            await registry.StartServerAsync();
        else
            registry.Fault = null;
        await ProduceAvroAsync(scenario, registry, 301);
        await application.SettledAsync(scenario.Topic, 301);

        var orders = await scenario.QueryAsync("MATCH (o:Order) RETURN o.id AS id ORDER BY id");
        Assert.Equal(Enumerable.Range(1, 301), orders.Select(o => o["id"].As<int>()));
        Assert.Equal((301, 0), (application.Status(scenario.Topic).Messages, application.Status(scenario.Topic).DeadLettered));
        Assert.Null((await application.HealthAsync()).Description);
        Assert.Equal(
            ["Messages cannot be read now", "Messages can be read again"],
            application.Log.Where(line => line.Contains("ReadingHealth", StringComparison.Ordinal)).Select(line => line.Contains("again after", StringComparison.Ordinal) ? "Messages can be read again" : "Messages cannot be read now"));
    }

    [Fact]
    public async Task What_comes_before_an_unknown_schema_is_written_while_the_registry_is_away()
    {
        await using var scenario = await Scenario.StartAsync(servers, users: 0, Cancellation);
        using var topics = new TopicProbe(servers);
        await topics.CreateAsync(scenario.Topic, partitions: 1);
        await using var registry = await SchemaRegistryDouble.StartAsync();
        var orders = await SerializeAsync(scenario, registry, 1, 2, 3);
        await scenario.ProduceAsync([orders[0]]);
        await using var application = await StreamApplication.StartAsync(scenario, builder => builder.AddAvro(registry.Url, scenario.Topic, WriteAvroOrders));
        await application.SettledAsync(scenario.Topic, 1);

        registry.Fault = Absence("fails");
        await scenario.ProduceAsync([orders[1], (null, Frame(42, [2, 0])), orders[2]]);
        await application.SettledAsync(scenario.Topic, 2);
        await application.LoggedAsync("Messages cannot be read now");
        Assert.Equal(2, application.Status(scenario.Topic).Messages);

        registry.Fault = null;
        await application.SettledAsync(scenario.Topic, 4);
        Assert.Equal(1, application.Status(scenario.Topic).DeadLettered);
        Assert.Equal([1, 2, 3], (await scenario.QueryAsync("MATCH (o:Order) RETURN o.id AS id ORDER BY id")).Select(o => o["id"].As<int>()));
    }

    [Fact]
    public async Task The_samples_of_the_README_are_what_these_tests_run()
    {
        var readme = Flat(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "libraries/MovieFriends.KafkaToNeo4j/README.md"), Cancellation));
        var source = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "tests/MovieFriends.IntegrationTests/KafkaToNeo4j/FormatSamples.cs"), Cancellation);
        var samples = source.Split("// sample\n").Skip(1).Select(part => Flat(part.Split("// end")[0])).ToList();

        Assert.Equal(4, samples.Count);
        Assert.All(samples, sample => Assert.Contains(sample, readme, StringComparison.Ordinal));

        static string Flat(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private static RequestDelegate? Absence(string name) => name switch
    {
        "fails" => http => SchemaRegistryDouble.RefuseAsync(http, StatusCodes.Status503ServiceUnavailable, 50002, "Timeout while the leader is elected"),
        "does not answer" => HangAsync,
        "knows nobody" => http => SchemaRegistryDouble.RefuseAsync(http, StatusCodes.Status401Unauthorized, 401, "Unauthorized"),
        "is something else" => http => SchemaRegistryDouble.RefuseAsync(http, StatusCodes.Status404NotFound, 404, "HTTP 404 Not Found"),
        _ => null,
    };

    private static async Task HangAsync(HttpContext http)
    {
        var gone = new TaskCompletionSource();
        await using var registration = http.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    }

    private static CachedSchemaRegistryClient NewClient(SchemaRegistryDouble registry) => new(new SchemaRegistryConfig { Url = registry.Url });

    private static byte[] Frame(int id, ReadOnlySpan<byte> content)
    {
        byte[] framed = [0, 0, 0, 0, 0, .. content];
        BinaryPrimitives.WriteInt32BigEndian(framed.AsSpan(1), id);
        return framed;
    }

    private static async Task ProduceAvroAsync(Scenario scenario, SchemaRegistryDouble registry, params int[] ids) =>
        await scenario.ProduceAsync(await SerializeAsync(scenario, registry, ids));

    private static async Task<List<(byte[]? Key, byte[]? Value)>> SerializeAsync(Scenario scenario, SchemaRegistryDouble registry, params int[] ids)
    {
        using var client = NewClient(registry);
        var serializer = new AvroSerializer<AvroOrder>(client);
        var messages = new List<(byte[]? Key, byte[]? Value)>();
        foreach (var id in ids)
        {
            var order = new AvroOrder { id = id, total = id * 1.5, day = new DateTime(2017, 1, 12, 0, 0, 0, DateTimeKind.Utc), price = new AvroDecimal(id == 3 ? -0.05m : 9.25m), lines = ["a", "b"] };
            messages.Add((BitConverter.GetBytes(id), await serializer.SerializeAsync(order, new SerializationContext(MessageComponentType.Value, scenario.Topic))));
        }

        return messages;
    }
}
