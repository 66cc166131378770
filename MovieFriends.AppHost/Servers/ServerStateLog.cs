using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MovieFriends.AppHost.Servers;

/// <summary>
/// Writes one line whenever a server becomes healthy, stops being healthy or ends, and none in between. One that has ended by itself
/// is quoted with the end of its log.
/// </summary>
internal sealed partial class ServerStateLog(
    ResourceNotificationService notifications, ResourceLoggerService logs, ILogger<ServerStateLog> logger) : BackgroundService
{
    private const int QuotedLines = 5;

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
                if (HasEnded(change.Snapshot))
                {
                    LogEnd(logger, change.Resource.Name, state, await EndOfLogAsync(change.Resource, stoppingToken));
                }
                else
                {
                    LogState(logger, change.Resource.Name, state);
                }
            }
        }
    }

    private static bool HasEnded(CustomResourceSnapshot snapshot) => KnownResourceStates.TerminalStates.Contains(snapshot.State?.Text);

    private static string? Describe(CustomResourceSnapshot snapshot)
    {
        if (snapshot.State?.Text is not { Length: > 0 } state || state == KnownResourceStates.NotStarted)
        {
            return null;
        }

        return state == KnownResourceStates.Running
            ? snapshot.HealthStatus == HealthStatus.Healthy ? "Healthy" : "Running, not answering yet"
            : snapshot.ExitCode is { } exitCode ? $"{state}, exit code {exitCode}" : state;
    }

    private async Task<string> EndOfLogAsync(IResource resource, CancellationToken cancellationToken)
    {
        var quoted = new Queue<string>();
        try
        {
            await foreach (var lines in logs.GetAllAsync(resource).WithCancellation(cancellationToken))
            {
                foreach (var line in lines.Where(line => !IsStackFrame(line.Content)))
                {
                    quoted.Enqueue(line.Content);
                    if (quoted.Count > QuotedLines)
                    {
                        quoted.Dequeue();
                    }
                }
            }
        }
#pragma warning disable CA1031 // The orchestrator refuses with an exception of its own while a server is started again; the host would end with this service.
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            // What could be read until then is quoted.
        }

        return string.Concat(quoted.Select(line => $"{Environment.NewLine}  | {line}"));
    }

    private static bool IsStackFrame(string line) => line.Contains("\tat ", StringComparison.Ordinal) || line.Contains("\t... ", StringComparison.Ordinal);

    [LoggerMessage(LogLevel.Information, "{Server}: {State}")]
    private static partial void LogState(ILogger logger, string server, string state);

    [LoggerMessage(LogLevel.Error, "{Server}: {State}{EndOfLog}")]
    private static partial void LogEnd(ILogger logger, string server, string state, string endOfLog);
}
