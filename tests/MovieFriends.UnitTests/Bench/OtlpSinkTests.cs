using System.Diagnostics;
using MovieFriends.Bench.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Trace;
using Xunit;

namespace MovieFriends.UnitTests.Bench;

public sealed class OtlpSinkTests
{
    [Fact]
    public async Task Every_span_that_is_exported_is_counted()
    {
        await using var sink = await OtlpSink.StartAsync(TestContext.Current.CancellationToken);
        var endpoint = new Uri(sink.Settings.Single(setting => setting.Key == "OTEL_EXPORTER_OTLP_ENDPOINT").Value);

        Export(endpoint, spans: 1_000);
        Assert.Equal(1_000, sink.Spans);
        Assert.InRange(sink.Requests, 1, 1_000);
        Assert.InRange(sink.Bytes, 10_000, 1_000_000);

        sink.Reset();
        Export(endpoint, spans: 2);
        Assert.Equal((2, 1), (sink.Spans, sink.Requests));
    }

    private static void Export(Uri endpoint, int spans)
    {
        using var source = new ActivitySource($"{nameof(OtlpSinkTests)}-{Guid.NewGuid()}");
        using var provider = Sdk.CreateTracerProviderBuilder()
            .AddSource(source.Name)
            .AddOtlpExporter(exporter => (exporter.Endpoint, exporter.Protocol) = (endpoint, OtlpExportProtocol.Grpc))
            .Build();
        for (var i = 0; i < spans; i++)
            source.StartActivity("span")?.Dispose();
    }
}
