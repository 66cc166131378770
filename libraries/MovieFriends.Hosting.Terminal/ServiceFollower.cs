using System.Collections.Concurrent;
using Spectre.Console;

namespace MovieFriends.Hosting.Terminal;

/// <summary>Follows one service's console: passes progress on, shows problems, keeps the reports.</summary>
internal sealed class ServiceFollower(IResource service, ResourceNotificationService notifications, IAnsiConsole console, IProgressDisplay display)
{
    // What a service says in a loop would bury everything else; the log has all of it.
    private const int ShownProblems = 10;

    private readonly ConcurrentDictionary<string, TaskCompletionSource<string>> _reports = new();
    private readonly ConcurrentDictionary<string, long> _totals = new();
    private int _problems;

    /// <summary>The report of a stage as JSON, once it has come.</summary>
    public Task<string> ReportAsync(string stage) => ReportOf(stage).Task;

    /// <summary>Says how many units a stage has, where the service cannot know.</summary>
    public void Expect(string stage, long total) => _totals[stage] = total;

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

    private TaskCompletionSource<string> ReportOf(string stage) => _reports.GetOrAdd(stage, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    private void Take(ServiceLogLine line)
    {
        switch (line)
        {
            case ServiceLogLine.Progress progress:
                display.Show(progress.Total > 0 ? progress : progress with { Total = _totals.GetValueOrDefault(progress.Stage) });
                break;
            case ServiceLogLine.Report found:
                ReportOf(found.Stage).TrySetResult(found.Json);
                break;
            case ServiceLogLine.Problem problem when HasStarted && ++_problems <= ShownProblems:
                console.WriteLine($"  {service.Name}: {problem.Message}");
                break;
        }
    }
}
