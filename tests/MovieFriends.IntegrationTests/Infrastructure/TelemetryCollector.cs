using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MovieFriends.IntegrationTests.Infrastructure;

/// <summary>Takes whatever is exported to it by OTLP over HTTP, and keeps the bytes.</summary>
internal sealed class TelemetryCollector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<byte[]> _exports = new();

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
        context.Response.ContentType = "application/x-protobuf";
    }
}
