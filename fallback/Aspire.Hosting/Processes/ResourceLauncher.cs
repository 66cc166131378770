using System.Collections.Immutable;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Processes;

/// <summary>Takes an instance through its life: waiting, starting, running, ended.</summary>
internal sealed partial class ResourceLauncher(
    DistributedApplicationModel model,
    IDistributedApplicationEventing eventing,
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    LaunchSpec launchSpec,
    RunFolder runFolder,
    IServiceProvider services,
    ILogger<LocalOrchestrator> logger)
{
    private readonly RunRecord _record = RunRecord.Open(runFolder.Path);

    /// <summary>Does what comes before the start of a resource; it waits for others until <paramref name="skip"/> is done.</summary>
    public async Task WaitAsync(IResource resource, IReadOnlyList<ResourceInstance> instances, Task skip, CancellationToken cancellationToken)
    {
        foreach (var source in model.Resources.OfType<IResourceWithConnectionString>().Where(r => ReferenceEquals(r, resource) || r is IResourceWithParent { Parent: var parent } && ReferenceEquals(parent, resource)))
            await eventing.PublishAsync(new ConnectionStringAvailableEvent(source, services), cancellationToken);
        if (resource.HasAnnotationOfType<WaitAnnotation>())
        {
            await SetStateAsync(instances, KnownResourceStates.Waiting);
            await WaitAsync(resource, skip, cancellationToken);
        }
        await SetStateAsync(instances, KnownResourceStates.Starting);
        await eventing.PublishAsync(new BeforeResourceStartedEvent(resource, services), cancellationToken);
    }

    /// <summary>Starts the process once <paramref name="ready"/> is done, and follows it to its end.</summary>
    public async Task LiveAsync(ResourceInstance instance, Task ready, CancellationToken cancellationToken)
    {
        try
        {
            await ready;
            EndpointAllocator.CheckFixedPorts(instance.Resource);
            var log = loggers.LogOf(instance.Id);
            var (spec, facts) = await launchSpec.CreateAsync(instance, log, (line, isError) => log.Add(line, isError, instance.Id), cancellationToken);
            var process = Launch(instance, spec, cancellationToken);
            var ended = FollowAsync(instance, process);
            // An end this quick may be published first: the end is what counts then.
            if (!process.Exited.IsCompleted)
                await ShowRunningAsync(instance, process, spec, facts);
            await ended;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await notifications.PublishUpdateAsync(instance.Resource, instance.Id, s => s with { State = KnownResourceStates.Exited, StopTimeStamp = DateTime.UtcNow });
        }
        catch (Exception ex) when (ex is not OutOfMemoryException)
        {
            await FailAsync(instance.Resource, instance.Id, ex);
        }
    }

    public async Task StopAsync(ResourceInstance instance, TimeSpan patience)
    {
        ChildProcess? process;
        lock (instance)
        {
            instance.IsStopping = true;
            instance.GivesUp?.Cancel();
            process = instance.Process;
        }
        if (process is not null)
        {
            await SetStateAsync([instance], KnownResourceStates.Stopping);
            await process.StopAsync(patience);
        }
        await instance.Life;
    }

    public async Task FailAsync(IResource resource, string id, Exception ex)
    {
        // What the host itself says is complete; anything else is a surprise and needs its stack.
        var known = ex is DistributedApplicationException;
        LogFailed(logger, known ? null : ex, resource.Name, ex.Message);
        LogFailed(loggers.GetLogger(resource), known ? null : ex, resource.Name, ex.Message);
        await notifications.PublishUpdateAsync(resource, id, s => s with
        {
            State = new ResourceStateSnapshot(KnownResourceStates.FailedToStart, KnownResourceStateStyles.Error),
            StopTimeStamp = DateTime.UtcNow,
        });
    }

    /// <summary>Shows an instance before it starts.</summary>
    public Task ShowAsync(ResourceInstance instance, string state) =>
        notifications.PublishUpdateAsync(instance.Resource, instance.Id, s => s with
        {
            ResourceType = instance.Resource is ProjectResource ? "Project" : "Executable",
            State = state,
            Urls = Urls(instance, inactive: true),
            Properties = s.Properties.With(ResourceFacts.Of(instance.Resource)),
        });

    private async Task WaitAsync(IResource resource, Task skip, CancellationToken cancellationToken)
    {
        using var givesUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var wait = notifications.WaitForDependenciesAsync(resource, givesUp.Token);
        if (await Task.WhenAny(wait, skip) == wait)
        {
            await wait;
            return;
        }
        LogNotWaiting(loggers.GetLogger(resource));
        await givesUp.CancelAsync();
        await wait.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private ChildProcess Launch(ResourceInstance instance, ProcessSpec spec, CancellationToken cancellationToken)
    {
        lock (instance)
        {
            // Under the lock that a stop takes: what it does not find started will not start.
            cancellationToken.ThrowIfCancellationRequested();
            var process = ChildProcess.Start(spec);
            instance.Process = process;
            _record.Add(instance.Resource.Name, process.Id, process.StartTime);
            return process;
        }
    }

    private async Task FollowAsync(ResourceInstance instance, ChildProcess process)
    {
        var exitCode = await process.Exited;
        _record.Remove(process.Id);
        lock (instance)
            (instance.Process, instance.HasEnded) = (null, true);
        await notifications.PublishUpdateAsync(instance.Resource, instance.Id, s => s with
        {
            State = new ResourceStateSnapshot(
                instance.IsStopping ? KnownResourceStates.Exited : KnownResourceStates.Finished,
                exitCode == 0 || instance.IsStopping ? null : KnownResourceStateStyles.Error),
            ExitCode = exitCode,
            StopTimeStamp = DateTime.UtcNow,
            Urls = Urls(instance, inactive: true),
        });
        if (notifications.TryGetCurrentState(instance.Id, out var end))
            await eventing.PublishAsync(new ResourceStoppedEvent(instance.Resource, services, end), EventDispatchBehavior.BlockingConcurrent);
    }

    private Task ShowRunningAsync(ResourceInstance instance, ChildProcess process, ProcessSpec spec, LaunchFacts facts) =>
        notifications.PublishUpdateAsync(instance.Resource, instance.Id, s => process.Exited.IsCompleted ? s : s with
        {
            State = KnownResourceStates.Running,
            ExitCode = null,
            StartTimeStamp = process.StartTime,
            StopTimeStamp = null,
            Urls = Urls(instance, inactive: false),
            EnvironmentVariables = [.. spec.Environment.Select(v => new EnvironmentVariableSnapshot(v.Key, v.Value, facts.Variables.Contains(v.Key)))],
            Properties = s.Properties.With(ResourceFacts.Of(instance.Resource, process, spec, facts)),
        });

    private async Task SetStateAsync(IEnumerable<ResourceInstance> instances, string state)
    {
        foreach (var instance in instances)
            await notifications.PublishUpdateAsync(instance.Resource, instance.Id, s => s with { State = state });
    }

    private static ImmutableArray<UrlSnapshot> Urls(ResourceInstance instance, bool inactive) =>
    [
        .. instance.Resource.Annotations.OfType<EndpointAnnotation>().Select(e => new UrlSnapshot(
            e.Name, string.Create(CultureInfo.InvariantCulture, $"{e.UriScheme}://{e.TargetHost}:{instance.Ports![e.Name]}"), IsInternal: false) { IsInactive = inactive }),
        .. instance.Resource.Annotations.OfType<ResourceUrlAnnotation>().Select(u => new UrlSnapshot(
            u.Endpoint?.EndpointName, u.Url, IsInternal: false) { IsInactive = inactive, DisplayProperties = new(u.DisplayText ?? "") }),
    ];

    [LoggerMessage(LogLevel.Error, "Resource '{ResourceName}' failed to start: {Reason}")]
    private static partial void LogFailed(ILogger logger, Exception? exception, string resourceName, string reason);

    [LoggerMessage(LogLevel.Information, "Starting without waiting any longer, as commanded.")]
    private static partial void LogNotWaiting(ILogger logger);
}
