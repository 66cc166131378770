using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>For resources the host does not start itself.</summary>
public static class CustomResourceExtensions
{
    /// <summary>The state the resource is shown in before anything is known.</summary>
    public static IResourceBuilder<TResource> WithInitialState<TResource>(this IResourceBuilder<TResource> builder, CustomResourceSnapshot initialSnapshot)
        where TResource : IResource =>
        builder.WithAnnotation(new ResourceSnapshotAnnotation(initialSnapshot), ResourceAnnotationMutationBehavior.Replace);
}
