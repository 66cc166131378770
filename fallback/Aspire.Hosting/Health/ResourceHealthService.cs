using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Health;

/// <summary>Asks the health checks of running resources, and says when a resource is ready.</summary>
internal sealed partial class ResourceHealthService(
    ResourceNotificationService notifications,
    HealthCheckService healthChecks,
    IDistributedApplicationEventing eventing,
    IServiceProvider services,
    ILogger<ResourceHealthService> logger) : BackgroundService
{
    // Someone may be waiting until the resource is ready; after that only the dashboard is interested.
    private static readonly TimeSpan s_beforeReady = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_whenUnhealthy = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_whenHealthy = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var watched = new Dictionary<string, CancellationTokenSource>();
        try
        {
            await foreach (var change in notifications.WatchAsync(stoppingToken))
            {
                var isRunning = change.Snapshot.State?.Text == KnownResourceStates.Running;
                if (isRunning && !watched.ContainsKey(change.ResourceId))
                {
                    var ends = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                    watched[change.ResourceId] = ends;
                    _ = WatchAsync(change.Resource, change.ResourceId, ends.Token);
                }
                else if (!isRunning && watched.Remove(change.ResourceId, out var ends))
                {
                    await ends.CancelAsync();
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The application ends.
        }
    }

    private async Task WatchAsync(IResource resource, string id, CancellationToken cancellationToken)
    {
        try
        {
            var keys = resource.Annotations.OfType<HealthCheckAnnotation>().Select(a => a.Key).ToHashSet();
            var isReady = false;
            while (true)
            {
                var isHealthy = keys.Count == 0 || await CheckAsync(resource, id, keys, cancellationToken);
                if (isHealthy && !isReady)
                {
                    isReady = true;
                    await ReadyAsync(resource, id, cancellationToken);
                }
                if (keys.Count == 0)
                    return;
                await Task.Delay(!isReady ? s_beforeReady : isHealthy ? s_whenHealthy : s_whenUnhealthy, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The resource has stopped.
        }
        catch (Exception ex) when (ex is not OutOfMemoryException)
        {
            LogFailed(logger, ex, resource.Name);
        }
    }

    private async Task<bool> CheckAsync(IResource resource, string id, HashSet<string> keys, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_timeout);
        HealthReport report;
        try
        {
            report = await healthChecks.CheckHealthAsync(r => keys.Contains(r.Name), limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            report = new HealthReport(keys.ToDictionary(k => k, _ => new HealthReportEntry(HealthStatus.Unhealthy, $"No answer within {s_timeout.TotalSeconds} s.", s_timeout, null, null)), s_timeout);
        }
        // A key that was never registered is not a healthy one.
        var reports = keys.Select(k => report.Entries.TryGetValue(k, out var e)
            ? new HealthReportSnapshot(k, e.Status, e.Description, e.Exception?.ToString()) { LastRunAt = DateTime.UtcNow }
            : new HealthReportSnapshot(k, HealthStatus.Unhealthy, "There is no health check of this name.", null)).ToImmutableArray();
        await notifications.PublishUpdateAsync(resource, id, s => s.State?.Text == KnownResourceStates.Running ? s with { HealthReports = reports } : s);
        return reports.All(r => r.Status == HealthStatus.Healthy);
    }

    private Task ReadyAsync(IResource resource, string id, CancellationToken cancellationToken)
    {
        var handlers = Task.Run(() => eventing.PublishAsync(new ResourceReadyEvent(resource, services), cancellationToken), cancellationToken);
        return notifications.PublishUpdateAsync(resource, id, s => s.State?.Text == KnownResourceStates.Running ? s with { ResourceReadyTask = handlers } : s);
    }

    [LoggerMessage(LogLevel.Error, "The health of resource '{ResourceName}' is no longer watched.")]
    private static partial void LogFailed(ILogger logger, Exception exception, string resourceName);
}
