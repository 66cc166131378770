using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Lifecycle;

namespace Aspire.Hosting.ContainerApps;

/// <summary>
/// Gives every container and project its place in the environment. Only when the application is complete is it known what there is to publish: others
/// complete it at the same event, and have subscribed before. What cannot be published must be said then; from within the publishing it would come as a stack trace.
/// </summary>
internal sealed class PublishingSubscriber(ContainerAppEnvironmentResource environment) : IDistributedApplicationEventingSubscriber
{
    public Task SubscribeAsync(IDistributedApplicationEventing eventing, DistributedApplicationExecutionContext executionContext, CancellationToken cancellationToken)
    {
        eventing.Subscribe<BeforeStartEvent>(async (start, cancellation) =>
        {
            foreach (var resource in start.Model.Resources.Where(resource => resource is ContainerResource or ProjectResource && !resource.IsExcludedFromPublish()))
            {
                var target = new DeploymentTarget(resource, environment);
                await target.CheckAsync(executionContext, cancellation);
                resource.Annotations.Add(new DeploymentTargetAnnotation(target));
            }
        });
        return Task.CompletedTask;
    }
}
