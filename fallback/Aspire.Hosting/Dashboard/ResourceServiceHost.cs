using System.Net;
using System.Security.Cryptography;
using System.Text;
using Aspire.Hosting.ApplicationModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dashboard;

/// <summary>Listens for the dashboard's questions about resources, on the loopback, while the application runs.</summary>
internal sealed partial class ResourceServiceHost(
    ResourceServiceOptions options,
    SecretValues secrets,
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    ResourceCommandService commands,
    ILoggerFactory loggerFactory) : IHostedService, IAsyncDisposable
{
    public const string KeyHeader = "x-resource-service-api-key";

    // Streams end at once when they are told to; this is for a client that does not let go of its connection.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    private readonly ILogger _logger = loggerFactory.CreateLogger<DistributedApplication>();
    private readonly byte[] _key = Encoding.UTF8.GetBytes(options.ApiKey);
    private readonly CancellationTokenSource _stopping = new();
    private WebApplication? _server;

    /// <summary>Where it listens, as soon as it does; null where it cannot, and before the start.</summary>
    public Task<string?> Listening { get; private set; } = Task.FromResult<string?>(null);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Beside the other services: nobody but the dashboard waits for this one.
        Listening = Task.Run(ListenAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_stopping.IsCancellationRequested)
            return;
        await _stopping.CancelAsync();
        await Listening;
        if (_server is not { } server)
            return;
        using var limit = new CancellationTokenSource(s_patience);
        await server.StopAsync(limit.Token);
        await server.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        _stopping.Dispose();
    }

    private async Task<string?> ListenAsync()
    {
        try
        {
            var server = _server = Build();
            await server.StartAsync(_stopping.Token);
            return server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        }
        // A port that is taken, or no certificate: the application is worth more than two pages of the dashboard.
        catch (Exception ex) when (ex is not OutOfMemoryException)
        {
            if (!_stopping.IsCancellationRequested)
                LogFailed(_logger, options.Endpoint, ex.Message);
            return null;
        }
    }

    private WebApplication Build()
    {
        // Empty: what the AppHost is configured with, such as its own addresses, is none of this server's business.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(Listen);
        if (options.Endpoint.Scheme == Uri.UriSchemeHttps)
            builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Services.AddSingleton(loggerFactory);
        builder.Services.AddSingleton<IHostLifetime, HostedLifetime>();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(new ResourceService(options, new ResourceMessages(secrets), notifications, loggers, commands, _stopping.Token));
        var server = builder.Build();
        server.Use(CheckKeyAsync);
        server.MapGrpcService<ResourceService>();
        return server;
    }

    private void Listen(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        if (IPAddress.TryParse(options.Endpoint.DnsSafeHost, out var address))
            kestrel.Listen(address, options.Endpoint.Port, Use);
        else if (options.Endpoint.Port == 0)
            kestrel.Listen(IPAddress.Loopback, 0, Use);
        else
            kestrel.ListenLocalhost(options.Endpoint.Port, Use);

        void Use(ListenOptions listen)
        {
            // Without TLS nothing is negotiated: it has to be said.
            listen.Protocols = HttpProtocols.Http2;
            if (options.Endpoint.Scheme == Uri.UriSchemeHttps)
                listen.UseHttps();
        }
    }

    // Before anything of the request is read; gRPC's clients know this status as 'unauthenticated'.
    private Task CheckKeyAsync(HttpContext context, RequestDelegate next)
    {
        var shown = context.Request.Headers[KeyHeader];
        if (shown.Count == 1 && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(shown[0] ?? ""), _key))
            return next(context);
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }

    [LoggerMessage(LogLevel.Warning, "The dashboard will show no resources: {Endpoint} cannot be listened on. {Reason}")]
    private static partial void LogFailed(ILogger logger, Uri endpoint, string reason);

    /// <summary>Starts and ends with the application, whose business signals are.</summary>
    private sealed class HostedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
