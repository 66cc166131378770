using Confluent.Kafka;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MovieFriends.Hosting.LocalServers.Kafka;

/// <summary>Asks a broker for the cluster's metadata, as every client does first.</summary>
internal sealed class KafkaHealthCheck(LocalKafkaResource kafka, KafkaCapabilities capabilities) : IHealthCheck, IDisposable
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(3);
    private readonly Lock _gate = new();
    private IAdminClient? _client;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        // librdkafka waits for a broker that is not there for as long as it is allowed to.
        if (!await LoopbackPorts.IsOpenAsync(kafka.PrimaryEndpoint.Port, cancellationToken))
        {
            return HealthCheckResult.Unhealthy($"Nothing listens on port {kafka.PrimaryEndpoint.Port} yet.");
        }

        var address = await kafka.ConnectionStringExpression.GetValueAsync(cancellationToken);
        return await Task.Run(() => Check(address!), cancellationToken);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _client?.Dispose();
            _client = null;
        }
    }

    private HealthCheckResult Check(string address)
    {
        lock (_gate)
        {
            try
            {
                _client ??= Connect(address);
                return _client.GetMetadata(s_timeout).Brokers.Count > 0
                    ? HealthCheckResult.Healthy()
                    : HealthCheckResult.Unhealthy("The broker has not joined its cluster yet.");
            }
            catch (KafkaException failure)
            {
                return HealthCheckResult.Unhealthy(failure.Message, failure);
            }
        }
    }

    private IAdminClient Connect(string address)
    {
        var config = new AdminClientConfig
        {
            BootstrapServers = address,
            ReconnectBackoffMs = 100,
            ReconnectBackoffMaxMs = 500,
        };
        if (capabilities.ProtocolVersion is { } version)
        {
            config.ApiVersionRequest = false;
            config.BrokerVersionFallback = version;
        }

        // The health check's own answer says it; librdkafka would say it again on the console of the AppHost.
        return new AdminClientBuilder(config).SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
    }
}
