using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using MovieFriends.KafkaToNeo4j.Bookkeeping;
using MovieFriends.KafkaToNeo4j.Telemetry;

namespace MovieFriends.KafkaToNeo4j.Hosting;

/// <summary>What stays of a stream when it runs again with new clients.</summary>
internal sealed class StreamState : IHealthCheck, IDisposable
{
    public StreamState(StreamSettings settings, TimeProvider time, ILoggerFactory logs)
    {
        Statistics = new StreamStatistics(time, new RecentLatencies(time));
        Telemetry = new StreamTelemetry(settings.Options, settings.Topic);
        Database = new DatabaseHealth(logs.CreateLogger<DatabaseHealth>(), time);
        Reading = new ReadingHealth(logs.CreateLogger<ReadingHealth>(), time);
    }

    public StreamStatistics Statistics { get; }

    public StreamTelemetry Telemetry { get; }

    public DatabaseHealth Database { get; }

    public ReadingHealth Reading { get; }

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await Database.CheckHealthAsync(context, cancellationToken) is { Status: not HealthStatus.Healthy } unhealthy
            ? unhealthy
            : await Reading.CheckHealthAsync(context, cancellationToken);

    public void Dispose() => Telemetry.Dispose();
}
