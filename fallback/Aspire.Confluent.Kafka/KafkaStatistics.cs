using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenTelemetry.Metrics;

namespace Aspire.Confluent.Kafka;

/// <summary>Makes metrics, meter <c>Aspire.Confluent.Kafka</c>, from the statistics librdkafka reports of each client.</summary>
internal sealed class KafkaStatistics
{
    private const string MeterName = "Aspire.Confluent.Kafka";

    public const int DefaultIntervalMilliseconds = 1000;

    private static readonly (string Field, string Metric)[] s_counters =
    [
        ("tx", "messaging.kafka.network.tx"),
        ("tx_bytes", "messaging.kafka.network.transmitted"),
        ("txmsgs", "messaging.publish.messages"),
        ("txmsg_bytes", "messaging.kafka.message.transmitted"),
        ("rx", "messaging.kafka.network.rx"),
        ("rx_bytes", "messaging.kafka.network.received"),
        ("rxmsgs", "messaging.receive.messages"),
        ("rxmsg_bytes", "messaging.kafka.message.received"),
    ];

    private static readonly (string Field, string Metric)[] s_gauges =
    [
        ("replyq", "messaging.kafka.consumer.queue.message_count"),
        ("msg_cnt", "messaging.kafka.producer.queue.message_count"),
        ("msg_size", "messaging.kafka.producer.queue.size"),
    ];

    private readonly Counter<long>[] _counters;
    private readonly Gauge<long>[] _gauges;
    private readonly ConcurrentDictionary<string, long[]> _previous = new();

    public KafkaStatistics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _counters = [.. s_counters.Select(c => meter.CreateCounter<long>(c.Metric))];
        _gauges = [.. s_gauges.Select(g => meter.CreateGauge<long>(g.Metric))];
    }

    public static void Register(IServiceCollection services)
    {
        services.TryAddSingleton<KafkaStatistics>();
        services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter(MeterName));
    }

    /// <summary>Takes one report in; called once per interval on the client's thread.</summary>
    public void Record(string json)
    {
        if (_counters.All(c => !c.Enabled) && _gauges.All(g => !g.Enabled))
            return;
        using var report = JsonDocument.Parse(json);
        var root = report.RootElement;
        var name = root.GetProperty("name").GetString()!;
        var tags = new TagList { { "messaging.client_id", root.GetProperty("client_id").GetString() }, { "name", name } };
        for (var i = 0; i < _gauges.Length; i++)
            _gauges[i].Record(Number(root, s_gauges[i].Field), tags);

        tags.Add("type", root.GetProperty("type").GetString());
        // The report has totals; a counter takes what has come since the last one.
        var previous = _previous.GetOrAdd(name, _ => new long[s_counters.Length]);
        for (var i = 0; i < _counters.Length; i++)
        {
            var total = Number(root, s_counters[i].Field);
            _counters[i].Add(total - previous[i], tags);
            previous[i] = total;
        }
    }

    private static long Number(JsonElement root, string field) => root.TryGetProperty(field, out var value) ? value.GetInt64() : 0;
}
