using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Confluent.Kafka;

namespace MovieFriends.KafkaToNeo4j.Records;

/// <summary>Reads JSON, and takes at its word what a type says of itself: what is required is there, and what cannot be null is not.</summary>
internal sealed class JsonDeserializer<T>(JsonTypeInfo<T>? type) : IDeserializer<T>
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public T Deserialize(ReadOnlySpan<byte> data, bool isNull, SerializationContext context) => type is null
        ? JsonSerializer.Deserialize<T>(data, s_options)!
        : JsonSerializer.Deserialize(data, type)!;
}
