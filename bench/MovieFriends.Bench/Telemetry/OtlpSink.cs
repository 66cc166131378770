using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using MovieFriends.Bench.Telemetry.Otlp;

namespace MovieFriends.Bench.Telemetry;

/// <summary>Takes what is exported to it by OTLP over gRPC, counts it and drops it: as little work as a receiver can have.</summary>
internal sealed class OtlpSink : IAsyncDisposable
{
    private const string Traces = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";

    // Of a gRPC message: whether it is compressed, and its length in four bytes.
    private const int PrefixLength = 5;

    // As often as the AppHost has services export for the dashboard, in milliseconds.
    private const string Interval = "1000";

    private static readonly byte[] s_emptyMessage = new byte[PrefixLength];

    private readonly WebApplication _app;
    private long _requests;
    private long _bytes;
    private long _spans;

    private OtlpSink()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        _app = builder.Build();
        _app.Run(TakeAsync);
    }

    /// <summary>What a service is told so that it exports everything hither, as environment variables.</summary>
    public IEnumerable<KeyValuePair<string, string>> Settings =>
    [
        new("OTEL_EXPORTER_OTLP_ENDPOINT", _app.Urls.Single()),
        new("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"),
        new("OTEL_TRACES_SAMPLER", "always_on"),
        new("OTEL_METRICS_EXEMPLAR_FILTER", "trace_based"),
        new("OTEL_BSP_SCHEDULE_DELAY", Interval),
        new("OTEL_BLRP_SCHEDULE_DELAY", Interval),
        new("OTEL_METRIC_EXPORT_INTERVAL", Interval),
        new("OTEL_SERVICE_NAME", "consumer"),
    ];

    /// <summary>Exports of any kind since <see cref="Reset"/>.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>Their bodies' bytes.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>The spans in them.</summary>
    public long Spans => Interlocked.Read(ref _spans);

    public static async Task<OtlpSink> StartAsync(CancellationToken cancellationToken)
    {
        var sink = new OtlpSink();
        await sink._app.StartAsync(cancellationToken);
        return sink;
    }

    /// <summary>Counts from zero.</summary>
    public void Reset()
    {
        Interlocked.Exchange(ref _requests, 0);
        Interlocked.Exchange(ref _bytes, 0);
        Interlocked.Exchange(ref _spans, 0);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        var reader = context.Request.BodyReader;
        var body = await reader.ReadAsync(context.RequestAborted);
        while (!body.IsCompleted)
        {
            reader.AdvanceTo(body.Buffer.Start, body.Buffer.End);
            body = await reader.ReadAsync(context.RequestAborted);
        }

        Interlocked.Increment(ref _requests);
        Interlocked.Add(ref _bytes, body.Buffer.Length);
        if (context.Request.Path == Traces && body.Buffer.Length > PrefixLength)
            Interlocked.Add(ref _spans, Count(TraceRequest.Parser.ParseFrom(body.Buffer.Slice(PrefixLength))));
        reader.AdvanceTo(body.Buffer.End);

        context.Response.ContentType = "application/grpc";
        await context.Response.Body.WriteAsync(s_emptyMessage, context.RequestAborted);
        context.Response.AppendTrailer("grpc-status", "0");
    }

    private static int Count(TraceRequest request) => request.ResourceSpans.Sum(resource => resource.ScopeSpans.Sum(scope => scope.Spans.Count));
}
