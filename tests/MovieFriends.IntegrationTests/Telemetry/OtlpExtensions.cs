using System.Globalization;
using MovieFriends.IntegrationTests.Telemetry.Otlp;

namespace MovieFriends.IntegrationTests.Telemetry;

/// <summary>Reads what was exported.</summary>
internal static class OtlpExtensions
{
    /// <summary>An attribute as text; null if there is none.</summary>
    public static string? Value(this IEnumerable<KeyValue> attributes, string key) => attributes.FirstOrDefault(a => a.Key == key)?.Value switch
    {
        null => null,
        { ValueCase: AnyValue.ValueOneofCase.Text } value => value.Text,
        { ValueCase: AnyValue.ValueOneofCase.Int } value => value.Int.ToString(CultureInfo.InvariantCulture),
        { ValueCase: AnyValue.ValueOneofCase.Double } value => value.Double.ToString(CultureInfo.InvariantCulture),
        var value => value.Bool.ToString(),
    };

    /// <summary>The documentation's word for the type of a value.</summary>
    public static string Type(this AnyValue value) => value.ValueCase switch
    {
        AnyValue.ValueOneofCase.Text => "string",
        AnyValue.ValueOneofCase.Int => "int",
        AnyValue.ValueOneofCase.Double => "double",
        AnyValue.ValueOneofCase.Bool => "boolean",
        var other => throw new NotSupportedException($"No type of attribute that is used here: {other}."),
    };

    /// <summary>The documentation's word for the kind of an instrument.</summary>
    public static string Instrument(this Metric metric) => metric.DataCase switch
    {
        Metric.DataOneofCase.Gauge => "gauge",
        Metric.DataOneofCase.Sum => metric.Sum.IsMonotonic ? "counter" : "up-down counter",
        _ => "histogram",
    };

    /// <summary>The attributes of a metric's points, each point by itself.</summary>
    public static IEnumerable<IReadOnlyCollection<KeyValue>> Points(this Metric metric) => metric.DataCase switch
    {
        Metric.DataOneofCase.Gauge => metric.Gauge.Points.Select(p => p.Attributes),
        Metric.DataOneofCase.Sum => metric.Sum.Points.Select(p => p.Attributes),
        _ => metric.Histogram.Points.Select(p => p.Attributes),
    };

    /// <summary>Whether one span is the other's parent.</summary>
    public static bool IsParentOf(this Span parent, Span child) => parent.TraceId.Equals(child.TraceId) && parent.SpanId.Equals(child.ParentSpanId);
}
