using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Adds .NET projects.</summary>
/// <remarks>This host reads no launch profiles: endpoints are those that are added.</remarks>
public static class ProjectResourceBuilderExtensions
{
    /// <summary>Adds a project the AppHost refers to.</summary>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, [ResourceName] string name)
        where TProject : IProjectMetadata, new() => builder.AddProject(name, new TProject());

    /// <summary>Adds a project the AppHost refers to.</summary>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, [ResourceName] string name, string? launchProfileName)
        where TProject : IProjectMetadata, new() => builder.AddProject(name, new TProject());

    /// <summary>Adds a project the AppHost refers to.</summary>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, [ResourceName] string name, Action<ProjectResourceOptions> configure)
        where TProject : IProjectMetadata, new()
    {
        configure(new ProjectResourceOptions());
        return builder.AddProject(name, new TProject());
    }

    /// <summary>Runs the project as several processes.</summary>
    /// <param name="builder">The project.</param>
    /// <param name="replicas">The number of processes, 0 or more.</param>
    public static IResourceBuilder<ProjectResource> WithReplicas(this IResourceBuilder<ProjectResource> builder, int replicas)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(replicas);
        return builder.WithAnnotation(new ReplicaAnnotation(replicas), ResourceAnnotationMutationBehavior.Replace);
    }

    private static IResourceBuilder<ProjectResource> AddProject(this IDistributedApplicationBuilder builder, string name, IProjectMetadata metadata)
    {
        var project = builder.AddResource(new ProjectResource(name)).WithAnnotation(metadata)
            .WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", "in_memory")
            .WithOtlpExporter()
            .WithEnvironment(SetUrls);
        // Without these a process whose output is a pipe logs on several lines, with colours.
        if (builder.ExecutionContext.IsRunMode)
            project.WithEnvironment("LOGGING__CONSOLE__FORMATTERNAME", "simple");
        return project;
    }

    private static void SetUrls(EnvironmentCallbackContext context)
    {
        if (context.ExecutionContext.IsPublishMode || context.EnvironmentVariables.ContainsKey("ASPNETCORE_URLS"))
            return;
        var urls = new ReferenceExpressionBuilder();
        foreach (var endpoint in ((ProjectResource)context.Resource).GetEndpoints().Where(e => e.IsHttp || e.IsHttps))
        {
            if (!urls.IsEmpty)
                urls.AppendLiteral(";");
            urls.Append($"{endpoint.Scheme}://{endpoint.EndpointAnnotation.TargetHost}:{endpoint.Property(EndpointProperty.TargetPort)}");
        }
        if (!urls.IsEmpty)
            context.EnvironmentVariables["ASPNETCORE_URLS"] = urls.Build();
    }
}
