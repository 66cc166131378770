using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Processes;

/// <summary>Who has to stop before whom: what waits for a resource, or uses it, goes first.</summary>
internal sealed class StopOrder
{
    private readonly Dictionary<IResource, List<IResource>> _dependents = [];

    public StopOrder(IEnumerable<IResource> resources)
    {
        var all = resources.ToArray();
        foreach (var resource in all)
            _dependents[resource] = [];
        foreach (var resource in all)
        {
            // Waits first: of two resources that use each other, the one that waits is the dependent.
            foreach (var dependency in resource.Annotations.OfType<WaitAnnotation>().Select(w => w.Resource))
                Add(resource, dependency);
        }
        foreach (var resource in all)
        {
            foreach (var dependency in resource.Annotations.OfType<ResourceRelationshipAnnotation>().Where(r => r.Type == KnownRelationshipTypes.Reference).Select(r => r.Resource))
                Add(resource, dependency);
        }
    }

    public IReadOnlyList<IResource> DependentsOf(IResource resource) => _dependents[resource];

    private void Add(IResource dependent, IResource dependency)
    {
        if (_dependents.TryGetValue(dependency, out var list) && !list.Contains(dependent) && !Reaches(dependent, dependency))
            list.Add(dependent);
    }

    // An edge that closed a circle would make each wait for the other.
    private bool Reaches(IResource from, IResource to) =>
        ReferenceEquals(from, to) || _dependents.TryGetValue(from, out var next) && next.Any(n => Reaches(n, to));
}
