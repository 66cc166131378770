using Aspire.Hosting.Eventing;

namespace Aspire.Hosting.Lifecycle;

/// <summary>A service that wants to hear what happens in the application.</summary>
public interface IDistributedApplicationEventingSubscriber
{
    /// <summary>Subscribes; called once, before anything starts.</summary>
    Task SubscribeAsync(IDistributedApplicationEventing eventing, DistributedApplicationExecutionContext executionContext, CancellationToken cancellationToken);
}
