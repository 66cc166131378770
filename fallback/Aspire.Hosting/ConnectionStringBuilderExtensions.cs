using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting;

/// <summary>Adds connection strings made of others' values.</summary>
public static class ConnectionStringBuilderExtensions
{
    /// <summary>Adds a connection string from an expression.</summary>
    public static IResourceBuilder<ConnectionStringResource> AddConnectionString(this IDistributedApplicationBuilder builder, [ResourceName] string name, ReferenceExpression connectionStringExpression) =>
        builder.AddResource(new ConnectionStringResource(name, connectionStringExpression))
            .WithInitialState(new CustomResourceSnapshot { ResourceType = "ConnectionString", Properties = [], State = KnownResourceStates.NotStarted })
            .OnInitializeResource(StartAsync);

    /// <summary>Adds a connection string from an expression that is put together piece by piece.</summary>
    public static IResourceBuilder<ConnectionStringResource> AddConnectionString(this IDistributedApplicationBuilder builder, [ResourceName] string name, Action<ReferenceExpressionBuilder> connectionStringBuilder)
    {
        var expression = new ReferenceExpressionBuilder();
        connectionStringBuilder(expression);
        return builder.AddConnectionString(name, expression.Build());
    }

    private static async Task StartAsync(ConnectionStringResource resource, InitializeResourceEvent @event, CancellationToken cancellationToken)
    {
        await @event.Notifications.PublishUpdateAsync(resource, s => s with { State = KnownResourceStates.Waiting });
        await @event.Services.GetRequiredService<ResourceNotificationService>().WaitForDependenciesAsync(resource, cancellationToken);
        await @event.Eventing.PublishAsync(new BeforeResourceStartedEvent(resource, @event.Services), cancellationToken);
        var value = await resource.ConnectionStringExpression.GetValueAsync(cancellationToken);
        await @event.Eventing.PublishAsync(new ConnectionStringAvailableEvent(resource, @event.Services), cancellationToken);
        await @event.Notifications.PublishUpdateAsync(resource, s => s with
        {
            State = KnownResourceStates.Running,
            Properties = s.Properties.With(new ResourcePropertySnapshot(KnownProperties.ConnectionString, value) { IsSensitive = true }),
        });
    }
}
