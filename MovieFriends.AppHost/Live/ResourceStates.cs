using Aspire.Hosting.ApplicationModel;

namespace MovieFriends.AppHost.Live;

/// <summary>The resources as the host knows them, in the order of the application.</summary>
internal sealed class ResourceStates(DistributedApplicationModel model, ResourceNotificationService notifications)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ResourceEvent> _last = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Keeps up with them until cancelled.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        await foreach (var change in notifications.WatchAsync(cancellationToken))
        {
            lock (_lock)
                _last[change.ResourceId] = change;
        }
    }

    /// <summary>What is to be said of each.</summary>
    /// <param name="problems">What services themselves say is wrong, by name.</param>
    public IReadOnlyList<ResourceLine> Read(IReadOnlyDictionary<string, string> problems)
    {
        lock (_lock)
        {
            return
            [
                .. from resource in model.Resources
                   where resource is not ParameterResource
                   let instances = _last.Values.Where(change => change.Resource == resource && !change.Snapshot.IsHidden).OrderBy(change => change.ResourceId, StringComparer.Ordinal).ToArray()
                   from instance in instances
                   select ResourceLine.Create(
                       instances.Length > 1 ? instance.ResourceId : resource.Name,
                       instance.Snapshot,
                       instances.Length > 1 ? null : problems.GetValueOrDefault(resource.Name)),
            ];
        }
    }
}
