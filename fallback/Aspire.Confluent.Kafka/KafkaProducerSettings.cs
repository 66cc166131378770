using Confluent.Kafka;

namespace Aspire.Confluent.Kafka;

/// <summary>How a producer is set up: section <c>Aspire:Confluent:Kafka:Producer</c>, then <c>Aspire:Confluent:Kafka:Producer:NAME</c>.</summary>
public sealed class KafkaProducerSettings
{
    /// <summary>The bootstrap servers; <c>ConnectionStrings:NAME</c> comes first.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>The client's own settings, sub-section <c>Config</c>.</summary>
    public ProducerConfig Config { get; } = new();

    /// <summary>Leaves metrics out. This library has none and wants it set.</summary>
    public bool DisableMetrics { get; set; }

    /// <summary>Leaves the health check out. This library has none and wants it set.</summary>
    public bool DisableHealthChecks { get; set; }

    /// <summary>Leaves the spans of single messages out. This library makes none and wants it set.</summary>
    public bool DisableTracing { get; set; }
}
