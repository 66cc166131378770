using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Waits for what a resource depends on, and says in its log what it waits for.</summary>
internal sealed partial class DependencyWait(ResourceNotificationService notifications, ResourceLoggerService loggers)
{
    public static bool IsUnavailable(CustomResourceSnapshot snapshot) =>
        IsTerminal(snapshot) || snapshot.State?.Text == KnownResourceStates.RuntimeUnhealthy;

    public async Task WaitAsync(IResource resource, CancellationToken cancellationToken)
    {
        // The first failure ends the wait: the others may take for ever.
        using var givesUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var waits = (from annotation in resource.Annotations.OfType<WaitAnnotation>().ToArray()
                     from id in ResourceInstancesAnnotation.IdsOf(annotation.Resource)
                     select (annotation.Resource.Name, Wait: WaitAsync(resource, annotation, id, givesUp.Token))).ToList();
        try
        {
            while (waits.Count > 0)
            {
                await ShowAsync(resource, [.. waits.Select(w => w.Name).Distinct(StringComparer.OrdinalIgnoreCase)]);
                var done = await Task.WhenAny(waits.Select(w => w.Wait));
                waits.RemoveAll(w => w.Wait == done);
                await done;
            }
        }
        finally
        {
            await givesUp.CancelAsync();
        }
    }

    private async Task ShowAsync(IResource resource, string[] names)
    {
        foreach (var id in ResourceInstancesAnnotation.IdsOf(resource))
        {
            // Another instance may have been started before, and run.
            await notifications.PublishUpdateAsync(resource, id, s => s.State?.Text == KnownResourceStates.Waiting
                ? s with { Properties = s.Properties.With(new ResourcePropertySnapshot(KnownProperties.WaitingFor, names)) }
                : s);
        }
    }

    private async Task WaitAsync(IResource resource, WaitAnnotation wait, string id, CancellationToken cancellationToken)
    {
        var logger = loggers.GetLogger(resource);
        var name = wait.Resource.Name;
        LogWaiting(logger, name, wait.WaitType switch
        {
            WaitType.WaitForCompletion => "complete",
            WaitType.WaitUntilStarted => "start",
            _ => "become healthy",
        });
        if (wait.WaitType == WaitType.WaitForCompletion)
            await CompletionAsync(resource, wait, id, cancellationToken);
        else
            await RunningAsync(resource, wait, id, cancellationToken);
        LogDone(logger, name);
    }

    private async Task CompletionAsync(IResource resource, WaitAnnotation wait, string id, CancellationToken cancellationToken)
    {
        var name = wait.Resource.Name;
        var ended = (await notifications.WaitForResourceAsync(name, e => e.ResourceId == id && IsTerminal(e.Snapshot), cancellationToken)).Snapshot;
        if (ended.State?.Text == KnownResourceStates.FailedToStart)
            throw new DistributedApplicationException($"Resource '{resource.Name}' was not started: '{name}', whose completion it waits for, failed to start.");
        if (ended.ExitCode is { } exitCode && exitCode != wait.ExitCode)
            throw new DistributedApplicationException($"Resource '{resource.Name}' was not started: '{name}', whose completion it waits for, ended with exit code {exitCode}, not {wait.ExitCode}.");
    }

    private async Task RunningAsync(IResource resource, WaitAnnotation wait, string id, CancellationToken cancellationToken)
    {
        var name = wait.Resource.Name;
        var stops = (wait.WaitBehavior ?? notifications.DefaultWaitBehavior) == WaitBehavior.StopOnResourceUnavailable;
        await Reach(e => e.State?.Text == KnownResourceStates.Running);
        if (wait.WaitType == WaitType.WaitUntilStarted)
            return;
        if (wait.Resource.HasAnnotationOfType<HealthCheckAnnotation>())
            await Reach(e => e.HealthStatus == HealthStatus.Healthy);
        var ready = await Reach(e => e.ResourceReadyTask is not null);
        await ready.ResourceReadyTask!.WaitAsync(cancellationToken);

        async Task<CustomResourceSnapshot> Reach(Func<CustomResourceSnapshot, bool> condition)
        {
            var snapshot = (await notifications.WaitForResourceAsync(name,
                e => e.ResourceId == id && (condition(e.Snapshot) || stops && IsUnavailable(e.Snapshot)), cancellationToken)).Snapshot;
            return condition(snapshot) ? snapshot
                : throw new DistributedApplicationException($"Resource '{resource.Name}' was not started: '{name}', which it waits for, is in state '{snapshot.State?.Text}'{(snapshot.ExitCode is { } code ? $" with exit code {code}" : "")}.");
        }
    }

    private static bool IsTerminal(CustomResourceSnapshot snapshot) =>
        snapshot.State is { } state && KnownResourceStates.TerminalStates.Contains(state.Text);

    [LoggerMessage(LogLevel.Information, "Waiting for resource '{ResourceName}' to {Condition}.")]
    private static partial void LogWaiting(ILogger logger, string resourceName, string condition);

    [LoggerMessage(LogLevel.Information, "Finished waiting for resource '{ResourceName}'.")]
    private static partial void LogDone(ILogger logger, string resourceName);
}
