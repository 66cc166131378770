using System.Diagnostics;
using System.Diagnostics.Metrics;
using MovieFriends.Kafka;
using MovieFriends.Producer.Sending;

namespace MovieFriends.Producer.Telemetry;

/// <summary>
/// Spans and metrics of the producer, after the OpenTelemetry semantic conventions for messaging. The metrics are read from counters
/// when collected, so sending pays nothing for them.
/// </summary>
internal sealed class ProducerTelemetry(TopicSettings topic) : IDisposable
{
    public const string Name = "MovieFriends.Producer";

    private const string System = "kafka";

    private readonly ActivitySource _source = new(Name);
    private readonly Meter _meter = new(Name);

    /// <summary>Whether anybody follows what is sent: if not, nothing is done for it.</summary>
    public bool IsTracing => _source.HasListeners();

    /// <summary>A span for messages that are sent together.</summary>
    public Activity? StartSend()
    {
        var send = _source.StartActivity($"send {topic.Name}", ActivityKind.Producer);
        if (send is { IsAllDataRequested: true })
        {
            send.SetTag("messaging.system", System);
            send.SetTag("messaging.operation.name", "send");
            send.SetTag("messaging.operation.type", "send");
            send.SetTag("messaging.destination.name", topic.Name);
        }

        return send;
    }

    /// <summary>From now on the counter can be collected, until the service is gone: also by an exporter that collects a last time at its end.</summary>
    public void Observe(DeliveryCounter counter)
    {
        KeyValuePair<string, object?>[] tags =
        [
            new("messaging.system", System),
            new("messaging.operation.name", "send"),
            new("messaging.destination.name", topic.Name),
        ];
        _meter.CreateObservableCounter("messaging.client.sent.messages", () => new Measurement<long>(counter.Confirmed, tags), "{message}", "Messages that the broker confirmed.");
        _meter.CreateObservableCounter("moviefriends.producer.failed", () => counter.Failed, "{message}", "Messages that the client gave up.");
        _meter.CreateObservableCounter("moviefriends.producer.queue_full_waits", () => counter.QueueFullWaits, "{wait}", "How often a message waited because too many were on their way.");
        _meter.CreateObservableUpDownCounter("moviefriends.producer.queue", () => counter.Outstanding, "{message}", "Messages whose fate is open.");
    }

    public void Dispose()
    {
        _source.Dispose();
        _meter.Dispose();
    }
}
