using System.Globalization;
using System.Text;
using MovieFriends.Extensions;

namespace MovieFriends.Hosting.Terminal;

/// <summary>Finds words for a service that failed: which resource it was, and what it said last.</summary>
internal sealed class ServiceFailures(DistributedApplicationModel model, ResourceNotificationService notifications, ResourceLoggerService logs)
{
    private const int LastLines = 10;

    private static readonly TimeSpan s_logTimeout = TimeSpan.FromSeconds(5);

    public async Task<FatalException> ExplainAsync(IResource service, string outcome, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{service.Name} failed: {outcome}.");
        // Without a server no service starts, so the server has the reason. Services that come later fail for want of this one.
        foreach (var resource in model.Resources.Where(resource => resource == service || (resource is not ProjectResource && HasFailed(resource))))
        {
            foreach (var line in await LastLinesAsync(resource, cancellationToken))
                text.AppendLine().Append(CultureInfo.InvariantCulture, $"  {resource.Name}: {line}");
        }

        return new(text.ToString());
    }

    public static string Outcome(CustomResourceSnapshot end) => end.ExitCode is { } code
        ? string.Create(CultureInfo.InvariantCulture, $"exit code {code}")
        : end.State?.Text ?? "no state";

    private bool HasFailed(IResource resource) =>
        notifications.TryGetCurrentState(resource.Name, out var current)
        && KnownResourceStates.TerminalStates.Contains(current.Snapshot.State?.Text)
        && current.Snapshot.ExitCode is not 0;

    private async Task<IReadOnlyList<string>> LastLinesAsync(IResource resource, CancellationToken cancellationToken)
    {
        var (problems, others) = (new Queue<string>(), new Queue<string>());
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_logTimeout);
        try
        {
            await foreach (var lines in logs.GetAllAsync(resource).WithCancellation(limit.Token))
            {
                foreach (var line in lines)
                {
                    switch (ServiceLogLine.Parse(line.Content, line.IsErrorMessage))
                    {
                        case ServiceLogLine.Problem problem:
                            Keep(problems, problem.Message);
                            break;
                        case ServiceLogLine.Other other:
                            Keep(others, other.Message);
                            break;
                    }
                }
            }
        }
#pragma warning disable CA1031 // The orchestrator refuses the log of what is just being removed, with exceptions of its own.
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            // What came so far has to do.
        }

        return [.. problems.Count > 0 ? problems : others];
    }

    private static void Keep(Queue<string> last, string text)
    {
        last.Enqueue(text);
        if (last.Count > LastLines)
            last.Dequeue();
    }
}
