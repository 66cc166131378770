using Confluent.Kafka;

namespace Aspire.Confluent.Kafka;

/// <summary>How a consumer is set up: section <c>Aspire:Confluent:Kafka:Consumer</c>, then <c>Aspire:Confluent:Kafka:Consumer:NAME</c>.</summary>
public sealed class KafkaConsumerSettings
{
    /// <summary>The bootstrap servers; <c>ConnectionStrings:NAME</c> comes first.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>The client's own settings, sub-section <c>Config</c>.</summary>
    public ConsumerConfig Config { get; } = new();

    /// <summary>Leaves metrics out. This library has none and wants it set.</summary>
    public bool DisableMetrics { get; set; }

    /// <summary>Leaves the health check out. This library has none and wants it set.</summary>
    public bool DisableHealthChecks { get; set; }

    /// <summary>Leaves the spans of single messages out. This library makes none and wants it set.</summary>
    public bool DisableTracing { get; set; }
}
