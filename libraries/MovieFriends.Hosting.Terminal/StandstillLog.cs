using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MovieFriends.Hosting.Terminal;

/// <summary>Whatever is waited for, says after a while which resource it is, in which state, with its last line, and again each minute.</summary>
internal sealed partial class StandstillLog(
    ResourceNotificationService notifications,
    ResourceLoggerService logs,
    Standstill standstill,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<StandstillLog> logger) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        try
        {
            var watching = WatchAsync(ending.Token);
            using var timer = new PeriodicTimer(s_interval, time);
            while (await timer.WaitForNextTickAsync(ending.Token))
            {
                foreach (var line in standstill.Due())
                    LogStandstill(logger, line);
            }

            await watching;
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // From here on everything is on its way down.
        }
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        var followed = new HashSet<string>();
        await foreach (var change in notifications.WatchAsync(cancellationToken))
        {
            if (change.Resource is ParameterResource or ConnectionStringResource || change.Snapshot.IsHidden)
                continue;

            standstill.Observe(change.Resource.Name, change.Snapshot, isService: change.Resource is ProjectResource);
            if (followed.Add(change.ResourceId))
                _ = FollowAsync(change.ResourceId, change.Resource.Name, cancellationToken);
        }
    }

    private async Task FollowAsync(string instance, string resource, CancellationToken cancellationToken)
    {
        await foreach (var lines in logs.WatchAsync(instance).WithCancellation(cancellationToken))
            standstill.Hear(resource, ServiceLogLine.Parse(lines[^1].Content, lines[^1].IsErrorMessage).Text);
    }

    [LoggerMessage(LogLevel.Information, "{Line}")]
    private static partial void LogStandstill(ILogger logger, string line);
}
