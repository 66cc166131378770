using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Eventing;

/// <inheritdoc/>
public class DistributedApplicationEventing : IDistributedApplicationEventing
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Type, List<DistributedApplicationEventSubscription>> _subscriptions = [];

    /// <inheritdoc/>
    public DistributedApplicationEventSubscription Subscribe<T>(Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationEvent =>
        Add(typeof(T), new DistributedApplicationEventSubscription((@event, cancellationToken) => callback((T)@event, cancellationToken)));

    /// <inheritdoc/>
    public DistributedApplicationEventSubscription Subscribe<T>(IResource resource, Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationResourceEvent =>
        Add(typeof(T), new DistributedApplicationResourceEventSubscription(resource, (@event, cancellationToken) =>
            ReferenceEquals(@event.Resource, resource) ? callback((T)@event, cancellationToken) : Task.CompletedTask));

    /// <inheritdoc/>
    public void Unsubscribe(DistributedApplicationEventSubscription subscription)
    {
        lock (_lock)
        {
            foreach (var list in _subscriptions.Values)
                list.Remove(subscription);
        }
    }

    /// <inheritdoc/>
    public Task PublishAsync<T>(T @event, CancellationToken cancellationToken = default)
        where T : IDistributedApplicationEvent => PublishAsync(@event, EventDispatchBehavior.BlockingSequential, cancellationToken);

    /// <inheritdoc/>
    public Task PublishAsync<T>(T @event, EventDispatchBehavior dispatchBehavior, CancellationToken cancellationToken = default)
        where T : IDistributedApplicationEvent
    {
        DistributedApplicationEventSubscription[] handlers;
        lock (_lock)
            handlers = _subscriptions.TryGetValue(typeof(T), out var list) ? [.. list] : [];

        switch (dispatchBehavior)
        {
            case EventDispatchBehavior.BlockingConcurrent:
                return Concurrently();
            case EventDispatchBehavior.NonBlockingConcurrent:
                _ = Task.Run(Concurrently, cancellationToken);
                return Task.CompletedTask;
            case EventDispatchBehavior.NonBlockingSequential:
                _ = Task.Run(Sequentially, cancellationToken);
                return Task.CompletedTask;
            default:
                return Sequentially();
        }

        Task Concurrently() => Task.WhenAll(handlers.Select(h => h.Callback(@event, cancellationToken)));

        async Task Sequentially()
        {
            foreach (var handler in handlers)
                await handler.Callback(@event, cancellationToken);
        }
    }

    private DistributedApplicationEventSubscription Add(Type type, DistributedApplicationEventSubscription subscription)
    {
        lock (_lock)
        {
            if (!_subscriptions.TryGetValue(type, out var list))
                _subscriptions[type] = list = [];
            list.Add(subscription);
        }
        return subscription;
    }
}
