using Spectre.Console;

namespace MovieFriends.Hosting.Terminal;

/// <summary>Follows one service's console: passes progress on, shows problems, keeps the report.</summary>
internal sealed class ServiceFollower(IResource service, ResourceNotificationService notifications, IAnsiConsole console, IProgressDisplay display)
{
    // What a service says in a loop would bury everything else; the log has all of it.
    private const int ShownProblems = 10;

    private readonly TaskCompletionSource<string> _report = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _problems;

    /// <summary>The report as JSON, once it has come.</summary>
    public Task<string> Report => _report.Task;

    /// <summary>How many units there are, where the service cannot know; 0 if it does.</summary>
    public long ExpectedTotal { get; set; }

    // Before that, the host speaks in its name, about others that it waits for.
    private bool HasStarted => notifications.TryGetCurrentState(service.Name, out var current) && current.Snapshot.StartTimeStamp is not null;

    public async Task FollowAsync(ResourceLoggerService logs, CancellationToken cancellationToken)
    {
        await foreach (var lines in logs.WatchAsync(service).WithCancellation(cancellationToken))
        {
            foreach (var line in lines)
                Take(ServiceLogLine.Parse(line.Content, line.IsErrorMessage));
        }
    }

    private void Take(ServiceLogLine line)
    {
        switch (line)
        {
            case ServiceLogLine.Progress progress:
                display.Show(progress.Total > 0 ? progress : progress with { Total = ExpectedTotal });
                break;
            case ServiceLogLine.Report found:
                _report.TrySetResult(found.Json);
                break;
            case ServiceLogLine.Problem problem when HasStarted && ++_problems <= ShownProblems:
                console.WriteLine($"  {service.Name}: {problem.Message}");
                break;
        }
    }
}
