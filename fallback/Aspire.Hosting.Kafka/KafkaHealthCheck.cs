using Confluent.Kafka;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

/// <summary>Healthy when the broker answers a request for metadata.</summary>
internal sealed class KafkaHealthCheck(Func<string?> bootstrapServers) : IHealthCheck, IDisposable
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(5);

    private IAdminClient? _client;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        // The client's call blocks: it gets a thread of its own.
        Task.Run(Check, cancellationToken);

    public void Dispose() => _client?.Dispose();

    private HealthCheckResult Check()
    {
        if (bootstrapServers() is not { } servers)
            return HealthCheckResult.Unhealthy("The connection string is not known yet.");
        try
        {
            // Silent: an absent broker is the answer, not an error.
            _client ??= new AdminClientBuilder(new AdminClientConfig { BootstrapServers = servers }).SetLogHandler((_, _) => { }).Build();
            return _client.GetMetadata(s_timeout).Brokers.Count > 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("No broker is known.");
        }
        catch (KafkaException ex)
        {
            return HealthCheckResult.Unhealthy(ex.Error.Reason, ex);
        }
    }
}
