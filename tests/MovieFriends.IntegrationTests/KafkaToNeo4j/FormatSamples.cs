using System.Globalization;
using System.Text;
using Confluent.Kafka;
using Confluent.Kafka.SyncOverAsync;
using Confluent.SchemaRegistry;
using Confluent.SchemaRegistry.Serdes;
using Microsoft.Extensions.Hosting;
using MovieFriends.KafkaToNeo4j;

namespace MovieFriends.IntegrationTests.KafkaToNeo4j;

/// <summary>The samples of the library's README, as they are there.</summary>
internal static class FormatSamples
{
    public static void AddAvro(this IHostApplicationBuilder builder, string url, string topic, string cypher)
    {
        // sample
        var registry = new CachedSchemaRegistryClient(new SchemaRegistryConfig { Url = url, RequestTimeoutMs = 5_000, MaxRetries = 1 });
        builder.AddKafkaToNeo4j<AvroOrder>("kafka", "graph", topic, cypher,
            stream => stream.Deserializer = new AvroDeserializer<AvroOrder>(registry).AsSyncOverAsync());
        // end
    }

    public static void AddJsonSchema(this IHostApplicationBuilder builder, CachedSchemaRegistryClient registry, string topic, string cypher)
    {
        // sample
        var asSent = new JsonDeserializerConfig { ValidateBeforeDomainRules = true };
        builder.AddKafkaToNeo4j<Order>("kafka", "graph", topic, cypher,
            stream => stream.Deserializer = new JsonDeserializer<Order>(registry, asSent).AsSyncOverAsync());
        // end
    }

    public static void AddCsv(this IHostApplicationBuilder builder, string topic, string cypher) =>
        builder.AddKafkaToNeo4j<Order>("kafka", "graph", topic, cypher, stream => stream.Deserializer = new CsvOrders());

    // sample
    public sealed record Order(long Id, double Total);
    // end

    // sample
    public sealed class CsvOrders : IDeserializer<Order>
    {
        public Order Deserialize(ReadOnlySpan<byte> data, bool isNull, SerializationContext context) =>
            Encoding.UTF8.GetString(data).Split(';') is [var id, var total]
                ? new Order(long.Parse(id, CultureInfo.InvariantCulture), double.Parse(total, CultureInfo.InvariantCulture))
                : throw new FormatException("An order is two fields with a semicolon between them.");
    }
    // end
}
