namespace Aspire.Hosting.ApplicationModel;

/// <summary>How the resource relates to another, for display.</summary>
public sealed class ResourceRelationshipAnnotation(IResource resource, string type) : IResourceAnnotation
{
    /// <summary>The other resource.</summary>
    public IResource Resource { get; } = resource;

    /// <summary>The kind of relation, such as <c>Reference</c> or <c>Parent</c>.</summary>
    public string Type { get; } = type;
}
