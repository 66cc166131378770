using System.Collections.Concurrent;
using System.Security.Cryptography;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Processes;

/// <summary>Starts the resources of an application as processes, and stops them in order.</summary>
internal sealed partial class LocalOrchestrator(
    DistributedApplicationModel model,
    IDistributedApplicationEventing eventing,
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    ResourceLauncher launcher,
    RunFolder runFolder,
    SecretValues secrets,
    IConfiguration configuration,
    IServiceProvider services,
    ILogger<LocalOrchestrator> logger) : IHostedService, IAsyncDisposable
{
    // A resource that does not end when asked is killed after the first; all are gone after the second.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_totalPatience = TimeSpan.FromSeconds(13);

    private const int SuffixLength = 8;

    private readonly ConcurrentDictionary<IResource, ResourceInstance[]> _instances = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentBag<Task> _customResources = [];
    private Task? _stopped;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await new OrphanCleaner(runFolder.Path, logger).CleanAsync(cancellationToken);
        foreach (var resource in model.Resources.ToArray())
            await PrepareAsync(resource, cancellationToken);
        foreach (var resource in model.Resources.ToArray())
            Begin(resource);
        await eventing.PublishAsync(new AfterResourcesCreatedEvent(services, model), cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _stopped ??= StopAllAsync();

    public async ValueTask DisposeAsync()
    {
        // Also reached when the start of the host has failed half-way.
        await StopAsync(CancellationToken.None);
        _stopping.Dispose();
    }

    private async Task PrepareAsync(IResource resource, CancellationToken cancellationToken)
    {
        if (resource is ExecutableResource or ProjectResource)
        {
            _instances[resource] = [.. Enumerable.Range(0, resource.GetReplicaCount()).Select(i => new ResourceInstance(resource, NewId(resource), i))];
            // Before anybody can learn of an instance, and ask for its log.
            foreach (var instance in _instances[resource])
                loggers.AddInstance(instance.Id, resource.Name);
            resource.Annotations.Add(new ResourceInstancesAnnotation([.. _instances[resource].Select(i => i.Id)]));
            ResourceCommands.Add(resource, StartCommandAsync, StopCommandAsync);
        }
        try
        {
            EndpointAllocator.Allocate(resource, configuration);
            if (resource is IResourceWithEndpoints)
                await eventing.PublishAsync(new ResourceEndpointsAllocatedEvent(resource, services), cancellationToken);
            foreach (var instance in _instances.GetValueOrDefault(resource, []))
            {
                instance.Ports = EndpointAllocator.PortsOf(resource, instance.Replica);
                await launcher.ShowAsync(instance, resource.HasAnnotationOfType<ExplicitStartupAnnotation>() ? KnownResourceStates.NotStarted : KnownResourceStates.Starting);
            }
        }
        catch (DistributedApplicationException ex)
        {
            _instances[resource] = [];
            await FailAsync(resource, ex);
        }
    }

    private void Begin(IResource resource)
    {
        if (_instances.TryGetValue(resource, out var instances))
        {
            if (!resource.HasAnnotationOfType<ExplicitStartupAnnotation>() && instances.Length > 0)
                Start(instances);
            return;
        }
        _customResources.Add(Task.Run(() => resource switch
        {
            ParameterResource parameter => ShowParameterAsync(parameter),
            ContainerResource => FailAsync(resource, new DistributedApplicationException(
                "this host starts no containers. Run with the official Aspire packages and Docker, or with local or external servers.")),
            _ => InitializeAsync(resource),
        }));
    }

    private void Start(ResourceInstance[] instances)
    {
        var resource = instances[0].Resource;
        var givesUp = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        // What comes before a start is done once, however many instances there are.
        var skip = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ready = Task.Run(() => launcher.WaitAsync(resource, instances, skip.Task, givesUp.Token));
        foreach (var instance in instances)
        {
            instance.IsStopping = instance.HasEnded = false;
            instance.GivesUp = givesUp;
            instance.SkipsWait = skip;
            instance.Life = launcher.LiveAsync(instance, ready, givesUp.Token);
        }
    }

    private async Task<ExecuteCommandResult> StartCommandAsync(string id)
    {
        if (Find(id) is not { } instance)
            return CommandResults.Failure($"There is no instance '{id}'.");
        if (_stopping.IsCancellationRequested)
            return CommandResults.Failure("The application is stopping.");
        // Whoever has just heard of the end may command the start before all that belongs to the end is done.
        if (instance.HasEnded)
            await instance.Life;
        if (instance.Life.IsCompleted)
            Start([instance]);
        else
            instance.SkipsWait?.TrySetResult();
        return CommandResults.Success();
    }

    private async Task<ExecuteCommandResult> StopCommandAsync(string id)
    {
        if (Find(id) is not { } instance)
            return CommandResults.Failure($"There is no instance '{id}'.");
        await launcher.StopAsync(instance, s_patience);
        return CommandResults.Success();
    }

    private ResourceInstance? Find(string id) => _instances.Values.SelectMany(i => i).FirstOrDefault(i => i.Id == id);

    private async Task StopAllAsync()
    {
        // Nothing new starts from here on.
        await _stopping.CancelAsync();
        var order = new StopOrder(model.Resources);
        var deadline = DateTime.UtcNow + s_totalPatience;
        var stops = new Dictionary<IResource, Task>();
        await Task.WhenAll(model.Resources.Select(Stop));
        await Task.WhenAll(_customResources);

        Task Stop(IResource resource)
        {
            if (!stops.TryGetValue(resource, out var stop))
                stops[resource] = stop = StopAfterAsync(resource, [.. order.DependentsOf(resource).Select(Stop)]);
            return stop;
        }

        async Task StopAfterAsync(IResource resource, Task[] dependents)
        {
            await Task.WhenAll(dependents);
            var left = deadline - DateTime.UtcNow;
            var patience = left < TimeSpan.Zero ? TimeSpan.Zero : left < s_patience ? left : s_patience;
            await Task.WhenAll(_instances.GetValueOrDefault(resource, []).Select(i => launcher.StopAsync(i, patience)));
        }
    }

    private async Task ShowParameterAsync(ParameterResource parameter)
    {
        try
        {
            var value = await parameter.GetValueAsync(_stopping.Token);
            if (parameter.Secret)
                secrets.Add(value);
            if (parameter is IResourceWithConnectionString)
                await eventing.PublishAsync(new ConnectionStringAvailableEvent(parameter, services), _stopping.Token);
            await notifications.PublishUpdateAsync(parameter, s => s with
            {
                State = KnownResourceStates.Running,
                Properties = s.Properties.With(new ResourcePropertySnapshot(KnownProperties.ParameterValue, value) { IsSensitive = parameter.Secret, DisplayName = "Value", Order = 0 }),
            });
        }
        catch (DistributedApplicationException ex)
        {
            await FailAsync(parameter, ex);
        }
    }

    private async Task InitializeAsync(IResource resource)
    {
        try
        {
            await notifications.PublishUpdateAsync(resource, s => s);
            await eventing.PublishAsync(new InitializeResourceEvent(resource, eventing, loggers, notifications, services), _stopping.Token);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The application ends before the resource was ready.
        }
        catch (Exception ex) when (ex is not OutOfMemoryException)
        {
            await FailAsync(resource, ex);
        }
    }

    private Task FailAsync(IResource resource, Exception ex) => launcher.FailAsync(resource, ResourceInstancesAnnotation.IdsOf(resource).FirstOrDefault(resource.Name), ex);

    private static string NewId(IResource resource) =>
        $"{resource.Name}-{new string(RandomNumberGenerator.GetItems<char>("abcdefghjkmnpqrstuvwxyz", SuffixLength))}";
}
