using MovieFriends.KafkaToNeo4j;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();

// Each message is written exactly once, so that even a counter is right.
builder.AddKafkaToNeo4j<Order>("kafka", "graph", topic: "orders", cypher: """
    UNWIND $rows AS r
    MERGE (o:Order {id: r.id})
    SET o.total = r.total, o.received = coalesce(o.received, 0) + 1
    """,
    stream => stream.Keys = [("Order", "id")]);

var app = builder.Build();
app.MapHealthChecks("/health");
app.MapGet("/status", ([FromKeyedServices("orders")] StreamInfo stream) => stream.ReadStatus());
app.Run();

/// <summary>A message of the topic, such as <c>{"id": 7, "total": 12.5}</c>.</summary>
public sealed record Order(long Id, double Total);
