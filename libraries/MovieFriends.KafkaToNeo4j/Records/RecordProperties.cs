using System.Collections;
using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using Neo4j.Driver;

namespace MovieFriends.KafkaToNeo4j.Records;

/// <summary>The public properties of a record as entries of a map, with names that begin with a small letter and values that the database knows.</summary>
internal sealed class RecordProperties<TRecord>
    where TRecord : notnull
{
    private static readonly (string Name, Func<TRecord, object?> Get)[] s_properties =
    [
        .. RecordValue.PropertiesOf(typeof(TRecord)).Select(property => (RecordValue.NameOf(property), Getter(property))),
    ];

    /// <summary>What every row has; null if each record has its own.</summary>
    public static IReadOnlyList<string>? Names { get; } =
        typeof(IDictionary).IsAssignableFrom(typeof(TRecord)) ? null : [.. s_properties.Select(property => property.Name)];

    /// <summary>Makes the map of a record; one that is a map already stays one.</summary>
#pragma warning disable CA1822 // An instance says that there is a type whose properties were looked up.
    public Dictionary<string, object?> Read(TRecord record)
#pragma warning restore CA1822
    {
        if (record is IDictionary)
            return (Dictionary<string, object?>)RecordValue.Of(record)!;

        var row = new Dictionary<string, object?>(s_properties.Length, StringComparer.Ordinal);
        foreach (var (name, get) in s_properties)
            row[name] = RecordValue.Of(get(record));
        return row;
    }

    private static Func<TRecord, object?> Getter(PropertyInfo property)
    {
        var record = Expression.Parameter(typeof(TRecord));
        return Expression.Lambda<Func<TRecord, object?>>(Expression.Convert(Expression.Property(record, property), typeof(object)), record).Compile();
    }
}

/// <summary>Values as the database knows them.</summary>
internal static class RecordValue
{
    // What Apache Avro makes of a schema has, beside its fields, the schema itself.
    private const string AvroSchema = "Avro.Schema";

    /// <summary>The properties of a type that are values.</summary>
    public static IEnumerable<PropertyInfo> PropertiesOf(Type type) => type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
        .Where(property => property.CanRead && property.GetIndexParameters().Length == 0 && property.PropertyType.FullName != AvroSchema);

    public static string NameOf(PropertyInfo property) => JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    /// <summary>A value that a driver can send: numbers as whole numbers of 64 bits or as floating-point numbers, enumerations and identifiers as texts, spans of time as durations, and what has properties of its own as a map.</summary>
    public static object? Of(object? value) => value switch
    {
        null or string or bool or long or double or byte[] => value,
        int or short or sbyte or byte or ushort or uint => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        ulong number => checked((long)number),
        float or decimal => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        char or Enum or Guid or Uri => Convert.ToString(value, CultureInfo.InvariantCulture),
        DateTime or DateTimeOffset or DateOnly or TimeOnly => value,
        TimeSpan span => DurationOf(span),
        JsonElement json => Of(json),
        IDictionary map => map.Keys.Cast<object>().ToDictionary(key => Convert.ToString(key, CultureInfo.InvariantCulture)!, key => Of(map[key])),
        IEnumerable items => items.Cast<object?>().Select(Of).ToList(),

        // The driver has types of its own, such as points.
        _ when value.GetType().Namespace?.StartsWith("Neo4j.Driver", StringComparison.Ordinal) == true => value,

        // Numbers of other libraries, such as the decimals of Avro, whose own conversion never returns (Apache.Avro 1.12).
        IConvertible when value.ToString() is var text => double.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : text,
        _ => PropertiesOf(value.GetType()).ToDictionary(NameOf, property => Of(property.GetValue(value))),
    };

    // To the driver it would be a time of the day, and more than a day, or less than nothing, an error.
    private static Duration DurationOf(TimeSpan span)
    {
        var (seconds, ticks) = Math.DivRem(span.Ticks, TimeSpan.TicksPerSecond);
        return ticks < 0
            ? new Duration(seconds - 1, (int)(ticks + TimeSpan.TicksPerSecond) * 100)
            : new Duration(seconds, (int)ticks * 100);
    }

    private static object? Of(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number => json.TryGetInt64(out var number) ? (object)number : json.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Array => json.EnumerateArray().Select(item => Of(item)).ToList(),
        JsonValueKind.Object => json.EnumerateObject().ToDictionary(property => property.Name, property => Of(property.Value)),
        _ => null,
    };
}
