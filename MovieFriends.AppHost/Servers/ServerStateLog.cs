using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MovieFriends.AppHost.Servers;

/// <summary>Writes one line whenever a server becomes healthy, stops being healthy or ends, and none in between.</summary>
internal sealed partial class ServerStateLog(ResourceNotificationService notifications, ILogger<ServerStateLog> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var last = new Dictionary<string, string>();
        await foreach (var change in notifications.WatchAsync(stoppingToken))
        {
            if (change.Resource is not IResourceWithConnectionString || Describe(change.Snapshot) is not { } state)
            {
                continue;
            }

            if (!last.TryGetValue(change.ResourceId, out var before) || before != state)
            {
                last[change.ResourceId] = state;
                LogState(logger, change.Resource.Name, state);
            }
        }
    }

    private static string? Describe(CustomResourceSnapshot snapshot)
    {
        if (snapshot.State?.Text is not { Length: > 0 } state || state == KnownResourceStates.NotStarted)
        {
            return null;
        }

        return state != KnownResourceStates.Running ? state : snapshot.HealthStatus switch
        {
            HealthStatus.Healthy => "Healthy",
            _ => "Running, not answering yet",
        };
    }

    [LoggerMessage(LogLevel.Information, "{Server}: {State}")]
    private static partial void LogState(ILogger logger, string server, string state);
}
