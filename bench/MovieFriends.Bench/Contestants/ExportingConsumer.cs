using MovieFriends.Bench.Rounds;
using MovieFriends.Bench.Telemetry;
using MovieFriends.Bench.TestBeds;

namespace MovieFriends.Bench.Contestants;

/// <summary>The same consumer, which exports everything to a sink.</summary>
internal sealed class ExportingConsumer(TestBed bed, string name, OtlpSink sink) : ProductConsumer(bed, name)
{
    // As often as the AppHost has services export for the dashboard.
    private const string Interval = "1000";

    protected override IEnumerable<KeyValuePair<string, string>> Telemetry =>
    [
        new("OTEL_EXPORTER_OTLP_ENDPOINT", sink.Address),
        new("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"),
        new("OTEL_TRACES_SAMPLER", "always_on"),
        new("OTEL_METRICS_EXEMPLAR_FILTER", "trace_based"),
        new("OTEL_BSP_SCHEDULE_DELAY", Interval),
        new("OTEL_BLRP_SCHEDULE_DELAY", Interval),
        new("OTEL_METRIC_EXPORT_INTERVAL", Interval),
        new("OTEL_SERVICE_NAME", "consumer"),
    ];

    /// <exception cref="InvalidOperationException">Fewer spans have come than batches: this was no run with tracing.</exception>
    public override async Task<Sample> RunAsync(CancellationToken cancellationToken)
    {
        sink.Reset();
        var sample = await base.RunAsync(cancellationToken);
        if (sink.Spans < sample.Counts["batches"])
            throw new InvalidOperationException($"The consumer wrote {sample.Counts["batches"]} batches, but only {sink.Spans} spans were exported.");

        return sample with { Counts = new Dictionary<string, long>(sample.Counts) { ["exports"] = sink.Requests, ["spans"] = sink.Spans, ["bytes"] = sink.Bytes } };
    }
}
