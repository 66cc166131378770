using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MovieFriends.Hosting.Terminal;

/// <summary>
/// Writes one line whenever a server becomes healthy, stops being healthy or ends, and whenever a service fails, and none in between.
/// What has ended by itself is quoted with the end of its log.
/// </summary>
/// <param name="watchesServices">Whether services count; a job explains in its own words how they end.</param>
internal sealed partial class ResourceStateLog(
    bool watchesServices,
    ResourceNotificationService notifications,
    ResourceLoggerService logs,
    IHostApplicationLifetime lifetime,
    ILogger<ResourceStateLog> logger) : BackgroundService
{
    private const int QuotedLines = 5;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // That they end when the application does is no news.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        try
        {
            await WatchAsync(ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The rest of the way down is not watched.
        }
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        var last = new Dictionary<string, string>();
        await foreach (var change in notifications.WatchAsync(cancellationToken))
        {
            var state = change.Resource switch
            {
                IResourceWithConnectionString and not ParameterResource => DescribeServer(change.Snapshot),
                ProjectResource when watchesServices => DescribeFailure(change.Snapshot),
                _ => null,
            };
            if (state is null || (last.TryGetValue(change.ResourceId, out var before) && before == state))
                continue;

            last[change.ResourceId] = state;
            if (HasEnded(change.Snapshot))
                LogEnd(logger, change.Resource.Name, state, await EndOfLogAsync(change.Resource, cancellationToken));
            else
                LogState(logger, change.Resource.Name, state);
        }
    }

    private static bool HasEnded(CustomResourceSnapshot snapshot) => KnownResourceStates.TerminalStates.Contains(snapshot.State?.Text);

    private static string? DescribeServer(CustomResourceSnapshot snapshot)
    {
        if (snapshot.State?.Text is not { Length: > 0 } state || state == KnownResourceStates.NotStarted)
            return null;

        return state == KnownResourceStates.Running
            ? snapshot.HealthStatus == HealthStatus.Healthy ? "Healthy" : "Running, not answering yet"
            : WithExitCode(state, snapshot);
    }

    private static string? DescribeFailure(CustomResourceSnapshot snapshot) =>
        HasEnded(snapshot) && snapshot.ExitCode is not 0 && snapshot.State?.Text is { } state ? WithExitCode(state, snapshot) : null;

    private static string WithExitCode(string state, CustomResourceSnapshot snapshot) => snapshot.ExitCode is { } exitCode ? $"{state}, exit code {exitCode}" : state;

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
                        quoted.Dequeue();
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

    [LoggerMessage(LogLevel.Information, "{Resource}: {State}")]
    private static partial void LogState(ILogger logger, string resource, string state);

    [LoggerMessage(LogLevel.Error, "{Resource}: {State}{EndOfLog}")]
    private static partial void LogEnd(ILogger logger, string resource, string state, string endOfLog);
}
