namespace Aspire.Hosting;

/// <summary>Lets an application choose between containers and processes of this machine.</summary>
public static class ContainerRuntimeBuilderExtensions
{
    /// <summary>
    /// Whether servers can be containers: the container runtime that Aspire would use answers within three seconds, or a manifest is published, which
    /// describes containers whatever runs on this machine.
    /// </summary>
    /// <example>
    /// <code>
    /// IResourceBuilder&lt;IResourceWithConnectionString&gt; graph = builder.HasContainerRuntime() ? builder.AddNeo4j("graph") : builder.AddLocalNeo4j("graph");
    /// </code>
    /// </example>
    /// <param name="builder">The application.</param>
    public static bool HasContainerRuntime(this IDistributedApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.ExecutionContext.IsPublishMode || ContainerRuntime.Find(ContainerRuntime.NameFrom(name => builder.Configuration[name])) is not null;
    }
}
