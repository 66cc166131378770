using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MovieFriends.Hosting.LocalServers.Kafka;

/// <summary>Asks ZooKeeper whether it is in service.</summary>
internal sealed class ZooKeeperHealthCheck(int port) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await ZooKeeperConnection.IsOkAsync(port, cancellationToken)
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy($"ZooKeeper does not answer on port {port}.");
}
