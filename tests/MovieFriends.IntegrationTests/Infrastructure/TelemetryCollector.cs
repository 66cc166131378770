using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using MovieFriends.IntegrationTests.Telemetry;
using MovieFriends.IntegrationTests.Telemetry.Otlp;

namespace MovieFriends.IntegrationTests.Infrastructure;

/// <summary>Takes whatever is exported to it by OTLP over HTTP, and keeps the bytes and what they say.</summary>
internal sealed class TelemetryCollector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<byte[]> _exports = new();
    private readonly ConcurrentQueue<Exported<Span>> _spans = new();
    private readonly ConcurrentQueue<Exported<Metric>> _metrics = new();
    private readonly ConcurrentQueue<Exported<LogRecord>> _logs = new();

    private TelemetryCollector()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapPost("/v1/{signal}", TakeAsync);
    }

    /// <summary>Where to export to.</summary>
    public string Address => _app.Urls.Single();

    /// <summary>Each request's body, behind its path and headers.</summary>
    public IReadOnlyCollection<byte[]> Exports => _exports;

    public IReadOnlyCollection<Exported<Span>> Spans => _spans;

    /// <summary>Each metric as often as it was exported.</summary>
    public IReadOnlyCollection<Exported<Metric>> Metrics => _metrics;

    public IReadOnlyCollection<Exported<LogRecord>> Logs => _logs;

    /// <summary>What a service is told so that it exports hither: its metrics soon, its spans and logs when many have come together or it ends.</summary>
    /// <param name="service">The name it exports under.</param>
    public IEnumerable<string> Settings(string service) =>
    [
        $"OTEL_EXPORTER_OTLP_ENDPOINT={Address}", "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf", $"OTEL_SERVICE_NAME={service}",
        "OTEL_METRIC_EXPORT_INTERVAL=500", "OTEL_BSP_SCHEDULE_DELAY=600000", "OTEL_BLRP_SCHEDULE_DELAY=600000",
    ];

    public static async Task<TelemetryCollector> StartAsync(CancellationToken cancellationToken)
    {
        var collector = new TelemetryCollector();
        await collector._app.StartAsync(cancellationToken);
        return collector;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var bytes = new MemoryStream();
        var head = $"{context.Request.Path} {string.Join(' ', context.Request.Headers.Select(header => $"{header.Key}: {header.Value}"))} ";
        bytes.Write(System.Text.Encoding.UTF8.GetBytes(head));
        await context.Request.Body.CopyToAsync(bytes, context.RequestAborted);
        _exports.Enqueue(bytes.ToArray());
        Read(context.Request.Path, bytes.ToArray().AsSpan(head.Length));
        context.Response.ContentType = "application/x-protobuf";
    }

    private void Read(string path, ReadOnlySpan<byte> body)
    {
        switch (path)
        {
            case "/v1/traces":
                foreach (var resource in TraceRequest.Parser.ParseFrom(body).ResourceSpans)
                    Keep(_spans, resource.Resource, resource.ScopeSpans, scope => (scope.Scope, scope.Spans));
                break;
            case "/v1/metrics":
                foreach (var resource in MetricsRequest.Parser.ParseFrom(body).ResourceMetrics)
                    Keep(_metrics, resource.Resource, resource.ScopeMetrics, scope => (scope.Scope, scope.Metrics));
                break;
            case "/v1/logs":
                foreach (var resource in LogsRequest.Parser.ParseFrom(body).ResourceLogs)
                    Keep(_logs, resource.Resource, resource.ScopeLogs, scope => (scope.Scope, scope.Records));
                break;
        }
    }

    private static void Keep<TScope, T>(ConcurrentQueue<Exported<T>> kept, Resource resource, IEnumerable<TScope> scopes, Func<TScope, (Scope Scope, IEnumerable<T> Items)> open)
    {
        var service = resource.Attributes.First(attribute => attribute.Key == "service.name").Value.Text;
        foreach (var (scope, items) in scopes.Select(open))
        {
            foreach (var item in items)
                kept.Enqueue(new Exported<T>(service, scope.Name, item));
        }
    }
}
