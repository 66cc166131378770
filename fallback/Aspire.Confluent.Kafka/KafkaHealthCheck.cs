using Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Confluent.Kafka;

/// <summary>Healthy when a broker answers a request for metadata.</summary>
/// <remarks>The official check produces a message to a topic of its own; this one leaves no trace.</remarks>
internal sealed class KafkaHealthCheck(ClientConfig config) : IHealthCheck, IDisposable
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(1);

    private readonly Lazy<IAdminClient> _client = new(() => new AdminClientBuilder(AdminConfig(config)).SetLogHandler((_, _) => { }).Build());

    public static void Register(IServiceCollection services, string name, ClientConfig config)
    {
        // Another client for the same connection is spoken for by the same check.
        if (services.Any(s => s.IsKeyedService && Equals(s.ServiceKey, name)))
            return;
        services.AddKeyedSingleton(name, (_, _) => new KafkaHealthCheck(config));
        services.AddHealthChecks().Add(new HealthCheckRegistration(
            name, s => s.GetRequiredKeyedService<KafkaHealthCheck>(name), failureStatus: null, tags: null));
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        // The client's call blocks: it gets a thread of its own.
        Task.Run(Check, cancellationToken);

    public void Dispose()
    {
        if (_client.IsValueCreated)
            _client.Value.Dispose();
    }

    private HealthCheckResult Check()
    {
        try
        {
            return _client.Value.GetMetadata(s_timeout).Brokers.Count > 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("No broker is known.");
        }
        catch (KafkaException ex)
        {
            return HealthCheckResult.Unhealthy(ex.Error.Reason, ex);
        }
    }

    // How to reach the brokers is common to all clients; what only producers or consumers know is left out.
    private static AdminClientConfig AdminConfig(ClientConfig config)
    {
        var admin = new AdminClientConfig();
        string[] prefixes = ["bootstrap.", "security.", "sasl.", "ssl.", "api.", "broker.", "client.", "socket."];
        foreach (var (key, value) in config)
        {
            if (prefixes.Any(p => key.StartsWith(p, StringComparison.Ordinal)))
                admin.Set(key, value);
        }
        return admin;
    }
}
