using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Keeps the state of every resource, and tells those who wait for one.</summary>
public partial class ResourceNotificationService : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ResourceEvent> _current = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Channel<ResourceEvent>> _watchers = [];
    private readonly List<ResourceFeed> _feeds = [];
    private readonly CancellationTokenSource _disposed = new();
    private readonly ILogger _logger;
    private readonly IServiceProvider _services;
    private readonly DependencyWait _dependencies;

    /// <summary>Made by the application's services.</summary>
    public ResourceNotificationService(ILogger<ResourceNotificationService> logger, IHostApplicationLifetime hostApplicationLifetime, IServiceProvider serviceProvider, ResourceLoggerService resourceLoggerService)
    {
        _logger = logger;
        _services = serviceProvider;
        DefaultWaitBehavior = serviceProvider.GetService<IOptions<ResourceNotificationServiceOptions>>()?.Value.DefaultWaitBehavior ?? WaitBehavior.StopOnResourceUnavailable;
        _dependencies = new DependencyWait(this, resourceLoggerService);
    }

    internal WaitBehavior DefaultWaitBehavior { get; }

    /// <summary>Changes the state of a resource.</summary>
    public Task PublishUpdateAsync(IResource resource, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory) =>
        PublishUpdateAsync(resource, ResourceInstancesAnnotation.IdsOf(resource)[0], stateFactory);

    /// <summary>Changes the state of one instance of a resource.</summary>
    public Task PublishUpdateAsync(IResource resource, string resourceId, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        lock (_lock)
        {
            var previous = _current.TryGetValue(resourceId, out var known) ? known.Snapshot : Initial(resource);
            var next = WithHealth(previous, WithoutOldWait(stateFactory(previous)));
            var change = new ResourceEvent(resource, resourceId, WithCommands(resource, next));
            _current[resourceId] = change;
            foreach (var watcher in _watchers)
                watcher.Writer.TryWrite(change);
            foreach (var feed in _feeds)
                feed.Add(change);
        }
        return Task.CompletedTask;
    }

    /// <summary>The state of a resource by its id or name, if it has one yet.</summary>
    public bool TryGetCurrentState(string resourceId, [NotNullWhen(true)] out ResourceEvent? resourceEvent)
    {
        lock (_lock)
        {
            resourceEvent = _current.GetValueOrDefault(resourceId)
                ?? _current.Values.FirstOrDefault(e => string.Equals(e.Resource.Name, resourceId, StringComparison.OrdinalIgnoreCase));
        }
        return resourceEvent is not null;
    }

    /// <summary>The states now, and every change from now on.</summary>
    public async IAsyncEnumerable<ResourceEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposed.Token);
        var channel = Channel.CreateUnbounded<ResourceEvent>(new UnboundedChannelOptions { SingleReader = true });
        lock (_lock)
        {
            foreach (var known in _current.Values)
                channel.Writer.TryWrite(known);
            _watchers.Add(channel);
        }
        try
        {
            await foreach (var change in channel.Reader.ReadAllAsync(ends.Token))
                yield return change;
        }
        finally
        {
            lock (_lock)
                _watchers.Remove(channel);
        }
    }

    /// <summary>Waits until a resource is in a state; <c>Running</c> unless said.</summary>
    public Task WaitForResourceAsync(string resourceName, string? targetState = null, CancellationToken cancellationToken = default) =>
        WaitForResourceAsync(resourceName, string.IsNullOrEmpty(targetState) ? [KnownResourceStates.Running] : [targetState], cancellationToken);

    /// <summary>Waits until a resource is in one of several states, and says in which.</summary>
    public async Task<string> WaitForResourceAsync(string resourceName, IEnumerable<string> targetStates, CancellationToken cancellationToken = default)
    {
        var states = targetStates.ToArray();
        var reached = await WaitForResourceAsync(resourceName,
            e => e.Snapshot.State?.Text is { } text && states.Contains(text, StringComparer.OrdinalIgnoreCase), cancellationToken);
        return reached.Snapshot.State!.Text;
    }

    /// <summary>Waits until something is true of a resource.</summary>
    /// <exception cref="OperationCanceledException">The wait was given up, or the application ended.</exception>
    public async Task<ResourceEvent> WaitForResourceAsync(string resourceName, Func<ResourceEvent, bool> predicate, CancellationToken cancellationToken = default)
    {
        await foreach (var change in WatchAsync(cancellationToken))
        {
            if (string.Equals(change.Resource.Name, resourceName, StringComparison.OrdinalIgnoreCase) && predicate(change))
                return change;
        }
        throw new OperationCanceledException($"The wait for resource '{resourceName}' ended with the application.");
    }

    /// <summary>Waits until a resource runs, is healthy, and the handlers of its <see cref="ResourceReadyEvent"/> are done.</summary>
    public Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default) =>
        WaitForResourceHealthyAsync(resourceName, DefaultWaitBehavior, cancellationToken);

    /// <summary>The same, waiting on or giving up when the resource fails.</summary>
    /// <exception cref="DistributedApplicationException">The resource failed, or does not exist.</exception>
    public async Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, WaitBehavior waitBehavior, CancellationToken cancellationToken = default)
    {
        if (waitBehavior == WaitBehavior.StopOnResourceUnavailable && _services.GetService<DistributedApplicationModel>() is { } model && !model.Resources.TryGetByName(resourceName, out _))
            throw new DistributedApplicationException($"There is no resource '{resourceName}' to wait for.");
        var reached = await WaitForResourceAsync(resourceName,
            e => e.Snapshot.HealthStatus == HealthStatus.Healthy
                || waitBehavior == WaitBehavior.StopOnResourceUnavailable && DependencyWait.IsUnavailable(e.Snapshot), cancellationToken);
        if (reached.Snapshot.HealthStatus != HealthStatus.Healthy)
            throw new DistributedApplicationException($"Stopped waiting for resource '{resourceName}' to become healthy: its state is '{reached.Snapshot.State?.Text}'.");
        reached = await WaitForResourceAsync(resourceName, e => e.ResourceId == reached.ResourceId && e.Snapshot.ResourceReadyTask is not null, cancellationToken);
        await reached.Snapshot.ResourceReadyTask!.WaitAsync(cancellationToken);
        return reached;
    }

    /// <summary>Waits for everything the resource's <see cref="WaitAnnotation"/>s name.</summary>
    /// <exception cref="DistributedApplicationException">One of them failed.</exception>
    public Task WaitForDependenciesAsync(IResource resource, CancellationToken cancellationToken) =>
        _dependencies.WaitAsync(resource, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed.Cancel();
        GC.SuppressFinalize(this);
    }

    /// <summary>The states now, and the last change of each instance since it was read; until disposed.</summary>
    internal ResourceFeed Follow()
    {
        lock (_lock)
        {
            var feed = new ResourceFeed([.. _current.Values], Close);
            _feeds.Add(feed);
            return feed;
        }

        void Close(ResourceFeed feed)
        {
            lock (_lock)
                _feeds.Remove(feed);
        }
    }

    private static CustomResourceSnapshot Initial(IResource resource)
    {
        var initial = resource.TryGetLastAnnotation<ResourceSnapshotAnnotation>(out var annotation)
            ? annotation.InitialSnapshot
            : new CustomResourceSnapshot { ResourceType = resource.GetType().Name, Properties = [] };
        return initial with
        {
            CreationTimeStamp = initial.CreationTimeStamp ?? DateTime.UtcNow,
            HealthReports = [.. resource.Annotations.OfType<HealthCheckAnnotation>().Select(a => new HealthReportSnapshot(a.Key, null, null, null))],
            Relationships = [.. initial.Relationships, .. resource.Annotations.OfType<ResourceRelationshipAnnotation>().Select(a => new RelationshipSnapshot(a.Resource.Name, a.Type))],
        };
    }

    // What was healthy before says nothing about the next start.
    private static CustomResourceSnapshot WithHealth(CustomResourceSnapshot previous, CustomResourceSnapshot next) =>
        previous.State?.Text == KnownResourceStates.Running && next.State?.Text != KnownResourceStates.Running
            ? next with { ResourceReadyTask = null, HealthReports = [.. next.HealthReports.Select(r => r with { Status = null })] }
            : next;

    private static CustomResourceSnapshot WithoutOldWait(CustomResourceSnapshot next) =>
        next.State?.Text == KnownResourceStates.Waiting ? next : next with { Properties = next.Properties.Without(KnownProperties.WaitingFor) };

    private CustomResourceSnapshot WithCommands(IResource resource, CustomResourceSnapshot snapshot)
    {
        var context = new UpdateCommandStateContext { ResourceSnapshot = snapshot, Services = _services };
        return snapshot with
        {
            Commands = [.. resource.Annotations.OfType<ResourceCommandAnnotation>().Select(c => new ResourceCommandSnapshot(
                c.Name, StateOf(c, context), c.DisplayName, c.DisplayDescription, c.Parameter, c.ConfirmationMessage, c.IconName, c.IconVariant, c.IsHighlighted) { Visibility = c.Visibility })],
        };
    }

    // What a command thinks of a state is no reason for the resource not to reach it.
    private ResourceCommandState StateOf(ResourceCommandAnnotation command, UpdateCommandStateContext context)
    {
        try
        {
            return command.UpdateState(context);
        }
        catch (Exception ex) when (ex is not OutOfMemoryException)
        {
            LogNoCommandState(_logger, ex, command.Name);
            return ResourceCommandState.Disabled;
        }
    }

    [LoggerMessage(LogLevel.Error, "The command '{CommandName}' cannot say whether it can be given, and is not offered.")]
    private static partial void LogNoCommandState(ILogger logger, Exception exception, string commandName);
}
