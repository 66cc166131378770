using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Adds facts to resources: here, references and relationships.</summary>
public static partial class ResourceBuilderExtensions
{
    /// <summary>Gives the resource another's connection string as <c>ConnectionStrings__NAME</c>, and its parts as <c>NAME_PART</c>.</summary>
    /// <param name="builder">The resource that connects.</param>
    /// <param name="source">The resource it connects to.</param>
    /// <param name="connectionName">NAME, if not the source's name.</param>
    /// <param name="optional">Whether the connection string may be missing.</param>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithConnectionString> source, string? connectionName = null, bool optional = false)
        where TDestination : IResourceWithEnvironment
    {
        var resource = source.Resource;
        var name = connectionName ?? resource.Name;
        return builder.WithReferenceRelationship(resource).WithEnvironment(context =>
        {
            context.EnvironmentVariables[resource.ConnectionStringEnvironmentVariable ?? $"ConnectionStrings__{name}"] = new ConnectionStringReference(resource, optional);
            var prefix = name.Length == 0 ? "" : $"{EnvironmentVariableName.Encode(name).ToUpperInvariant()}_";
            foreach (var (part, value) in resource.GetConnectionProperties())
                context.EnvironmentVariables[prefix + part.ToUpperInvariant()] = value;
        });
    }

    /// <summary>Tells the resource where another's endpoints are, as <c>services__NAME__SCHEME__0</c> and <c>NAME_ENDPOINT</c>.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source)
        where TDestination : IResourceWithEnvironment =>
        builder.WithReferenceRelationship(source.Resource).WithEndpointVariables(source.Resource, null, null);

    /// <summary>Tells the resource where another's endpoints are, under another name.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source, string name)
        where TDestination : IResourceWithEnvironment =>
        builder.WithReferenceRelationship(source.Resource).WithEndpointVariables(source.Resource, null, name);

    /// <summary>Tells the resource where one endpoint of another is.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, EndpointReference endpointReference)
        where TDestination : IResourceWithEnvironment =>
        builder.WithReferenceRelationship(endpointReference.Resource).WithEndpointVariables(endpointReference.Resource, endpointReference.EndpointName, null);

    /// <summary>Says that the resource uses another.</summary>
    public static IResourceBuilder<T> WithReferenceRelationship<T>(this IResourceBuilder<T> builder, IResource resource)
        where T : IResource => builder.WithRelationship(resource, KnownRelationshipTypes.Reference);

    /// <summary>Says that the resource uses another.</summary>
    public static IResourceBuilder<T> WithReferenceRelationship<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> resourceBuilder)
        where T : IResource => builder.WithReferenceRelationship(resourceBuilder.Resource);

    /// <summary>Says that the resource is shown under another.</summary>
    public static IResourceBuilder<T> WithParentRelationship<T>(this IResourceBuilder<T> builder, IResource parent)
        where T : IResource => builder.WithRelationship(parent, KnownRelationshipTypes.Parent);

    /// <summary>Says that the resource is shown under another.</summary>
    public static IResourceBuilder<T> WithParentRelationship<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> parent)
        where T : IResource => builder.WithParentRelationship(parent.Resource);

    /// <summary>Says that another is shown under the resource.</summary>
    public static IResourceBuilder<T> WithChildRelationship<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> child)
        where T : IResource => builder.WithChildRelationship(child.Resource);

    /// <summary>Says that another is shown under the resource.</summary>
    public static IResourceBuilder<T> WithChildRelationship<T>(this IResourceBuilder<T> builder, IResource child)
        where T : IResource
    {
        child.Annotations.Add(new ResourceRelationshipAnnotation(builder.Resource, KnownRelationshipTypes.Parent));
        return builder;
    }

    /// <summary>Says how the resource relates to another.</summary>
    public static IResourceBuilder<T> WithRelationship<T>(this IResourceBuilder<T> builder, IResource resource, string type)
        where T : IResource => builder.WithAnnotation(new ResourceRelationshipAnnotation(resource, type));

    /// <summary>Says how the resource relates to another.</summary>
    public static IResourceBuilder<T> WithRelationship<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> resourceBuilder, string type)
        where T : IResource => builder.WithRelationship(resourceBuilder.Resource, type);

    private static IResourceBuilder<T> WithEndpointVariables<T>(this IResourceBuilder<T> builder, IResourceWithEndpoints source, string? endpointName, string? name)
        where T : IResourceWithEnvironment => builder.WithEnvironment(context =>
        {
            var service = name ?? source.Name;
            foreach (var endpoint in source.GetEndpoints().Where(e => endpointName is null ? !e.ExcludeReferenceEndpoint : string.Equals(e.EndpointName, endpointName, StringComparison.OrdinalIgnoreCase)))
            {
                var prefix = EnvironmentVariableName.Encode(name ?? source.Name.ToUpperInvariant());
                context.EnvironmentVariables[$"{prefix}_{EnvironmentVariableName.Encode(endpoint.EndpointName).ToUpperInvariant()}"] = endpoint;
                var scheme = endpoint.EndpointName is "http" or "https" ? endpoint.Scheme : endpoint.EndpointName;
                var index = 0;
                while (!context.EnvironmentVariables.TryAdd($"services__{service}__{scheme}__{index}", endpoint))
                    index++;
            }
        });
}
