using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MovieFriends.IntegrationTests.Infrastructure;

/// <summary>
/// Stands in for Confluent's schema registry, of which there is no server to run here: speaks as much of its HTTP as clients need to register schemas and
/// to get them by id, and can be away in each way that a server can.
/// </summary>
internal sealed class SchemaRegistryDouble : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly List<(string Subject, string Schema, string Type)> _schemas = [];
    private readonly int _port = FreePort();
    private WebApplication? _server;

    public string Url => $"http://127.0.0.1:{_port}";

    /// <summary>Answers in its place, as long as it is there.</summary>
    public RequestDelegate? Fault { get; set; }

    /// <summary>How often it was asked.</summary>
    public int Requests { get; private set; }

    public static async Task<SchemaRegistryDouble> StartAsync()
    {
        var registry = new SchemaRegistryDouble();
        await registry.StartServerAsync();
        return registry;
    }

    /// <summary>Nobody answers at its address from here on.</summary>
    public async Task StopServerAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        _server = null;
    }

    public async Task StartServerAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(Url);
        _server = builder.Build();
        _server.Run(AnswerAsync);
        await _server.StartAsync();
    }

    public async ValueTask DisposeAsync() => await StopServerAsync();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task AnswerAsync(HttpContext http)
    {
        lock (_lock)
            Requests++;
        if (Fault is { } fault)
        {
            await fault(http);
            return;
        }

        var path = http.Request.Path.Value!.Trim('/').Split('/');
        switch (http.Request.Method, path)
        {
            case ("POST", ["subjects", var subject, ..]):
                using (var body = await JsonDocument.ParseAsync(http.Request.Body))
                    await http.Response.WriteAsJsonAsync(Register(subject, body.RootElement));
                break;
            case ("GET", ["schemas", "ids", var id]) when Find(int.Parse(id)) is { } schema:
                await http.Response.WriteAsJsonAsync(schema);
                break;
            case ("GET", ["schemas", "ids", var id]):
                await RefuseAsync(http, StatusCodes.Status404NotFound, 40403, $"Schema {id} not found");
                break;
            default:
                await RefuseAsync(http, StatusCodes.Status404NotFound, StatusCodes.Status404NotFound, "HTTP 404 Not Found");
                break;
        }
    }

    /// <summary>Answers as the registry does when it cannot do what it is asked.</summary>
    public static Task RefuseAsync(HttpContext http, int status, int code, string message)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(new { error_code = code, message });
    }

    private object Register(string subject, JsonElement body)
    {
        var schema = (subject, body.GetProperty("schema").GetString()!, body.TryGetProperty("schemaType", out var type) ? type.GetString() ?? "AVRO" : "AVRO");
        lock (_lock)
        {
            if (!_schemas.Contains(schema))
                _schemas.Add(schema);
            return new { id = _schemas.IndexOf(schema) + 1, version = 1, subject, schema = schema.Item2, schemaType = schema.Item3 };
        }
    }

    private object? Find(int id)
    {
        lock (_lock)
            return id < 1 || id > _schemas.Count ? null : new { schema = _schemas[id - 1].Schema, schemaType = _schemas[id - 1].Type };
    }
}
