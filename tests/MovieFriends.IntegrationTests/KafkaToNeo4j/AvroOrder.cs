using Avro;
using Avro.Specific;

namespace MovieFriends.IntegrationTests.KafkaToNeo4j;

/// <summary>An order as <c>avrogen</c> makes its class from a schema.</summary>
#pragma warning disable IDE1006, CA1707, SA1300 // The names are those of the generator.
public sealed class AvroOrder : ISpecificRecord
{
    public static readonly Schema _SCHEMA = Schema.Parse("""
        {"type": "record", "name": "AvroOrder", "namespace": "MovieFriends.IntegrationTests.KafkaToNeo4j", "fields": [
            {"name": "id", "type": "long"},
            {"name": "total", "type": "double"},
            {"name": "day", "type": {"type": "int", "logicalType": "date"}},
            {"name": "price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}},
            {"name": "lines", "type": {"type": "array", "items": "string"}},
            {"name": "note", "type": ["null", "string"], "default": null}]}
        """);

    public Schema Schema => _SCHEMA;

    public long id { get; set; }

    public double total { get; set; }

    public DateTime day { get; set; }

    public AvroDecimal price { get; set; }

    public IList<string> lines { get; set; } = [];

    public string? note { get; set; }

    public object? Get(int fieldPos) => fieldPos switch
    {
        0 => id,
        1 => total,
        2 => day,
        3 => price,
        4 => lines,
        5 => note,
        _ => throw new AvroRuntimeException($"Bad index {fieldPos} in Get()"),
    };

    public void Put(int fieldPos, object? fieldValue)
    {
        switch (fieldPos)
        {
            case 0: id = (long)fieldValue!; break;
            case 1: total = (double)fieldValue!; break;
            case 2: day = (DateTime)fieldValue!; break;
            case 3: price = (AvroDecimal)fieldValue!; break;
            case 4: lines = (IList<string>)fieldValue!; break;
            case 5: note = (string?)fieldValue; break;
            default: throw new AvroRuntimeException($"Bad index {fieldPos} in Put()");
        }
    }
}
#pragma warning restore IDE1006, CA1707, SA1300
