namespace Aspire.Hosting.ApplicationModel;

/// <summary>The ids of a resource's processes, one for each replica.</summary>
internal sealed class ResourceInstancesAnnotation(IReadOnlyList<string> ids) : IResourceAnnotation
{
    public IReadOnlyList<string> Ids { get; } = ids;

    public static IReadOnlyList<string> IdsOf(IResource resource) =>
        resource.TryGetLastAnnotation<ResourceInstancesAnnotation>(out var instances) ? instances.Ids : [resource.Name];
}
