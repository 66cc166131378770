namespace Aspire.Hosting.ApplicationModel;

/// <summary>The state a resource is shown in before anything is known.</summary>
public class ResourceSnapshotAnnotation(CustomResourceSnapshot initialSnapshot) : IResourceAnnotation
{
    /// <summary>That state.</summary>
    public CustomResourceSnapshot InitialSnapshot { get; } = initialSnapshot;
}
