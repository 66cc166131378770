using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Published when a resource the host does not start itself may begin its own life.</summary>
public class InitializeResourceEvent(IResource resource, IDistributedApplicationEventing distributedApplicationEventing, ResourceLoggerService resourceLoggerService, ResourceNotificationService resourceNotificationService, IServiceProvider services) : IDistributedApplicationResourceEvent
{
    /// <inheritdoc/>
    public IResource Resource { get; } = resource;

    /// <summary>Where the resource publishes its own events.</summary>
    public IDistributedApplicationEventing Eventing { get; } = distributedApplicationEventing;

    /// <summary>The resource's log.</summary>
    public ILogger Logger { get; } = resourceLoggerService.GetLogger(resource);

    /// <summary>Where the resource publishes its state.</summary>
    public ResourceNotificationService Notifications { get; } = resourceNotificationService;

    /// <summary>The application's services.</summary>
    public IServiceProvider Services { get; } = services;
}
