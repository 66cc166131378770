using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Adds facts to resources: here, endpoints and addresses.</summary>
public static partial class ResourceBuilderExtensions
{
    /// <summary>Adds an endpoint.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="port">The port clients use; null for any free one.</param>
    /// <param name="targetPort">The port the process listens on; null for the same.</param>
    /// <param name="scheme">The scheme; <c>tcp</c> unless said.</param>
    /// <param name="name">The endpoint's name; the scheme unless said.</param>
    /// <param name="env">A variable that tells the process its port.</param>
    /// <param name="isProxied">Whether the official host puts a proxy before it.</param>
    /// <param name="isExternal">Whether it is reachable from outside when deployed.</param>
    /// <param name="protocol">TCP or UDP; TCP unless said.</param>
    /// <exception cref="DistributedApplicationException">The resource has an endpoint of that name already.</exception>
    public static IResourceBuilder<T> WithEndpoint<T>(this IResourceBuilder<T> builder, int? port = null, int? targetPort = null, string? scheme = null, [EndpointName] string? name = null, string? env = null, bool? isProxied = null, bool? isExternal = null, ProtocolType? protocol = null)
        where T : IResourceWithEndpoints
    {
        var endpoint = new EndpointAnnotation(protocol ?? ProtocolType.Tcp, scheme, transport: null, name, port, targetPort, isExternal, isProxied);
        if (builder.Resource.Annotations.OfType<EndpointAnnotation>().Any(e => string.Equals(e.Name, endpoint.Name, StringComparison.OrdinalIgnoreCase)))
            throw new DistributedApplicationException($"The resource '{builder.Resource.Name}' has an endpoint named '{endpoint.Name}' already.");
        if (env is not null && builder.Resource is IResourceWithEnvironment resource)
        {
            var reference = new EndpointReference(builder.Resource, endpoint);
            resource.Annotations.Add(new EnvironmentCallbackAnnotation(context => context.EnvironmentVariables[env] = reference.Property(EndpointProperty.TargetPort)));
        }
        return builder.WithAnnotation(endpoint);
    }

    /// <summary>Changes an endpoint, or adds it.</summary>
    public static IResourceBuilder<T> WithEndpoint<T>(this IResourceBuilder<T> builder, [EndpointName] string endpointName, Action<EndpointAnnotation> callback, bool createIfNotExists = true)
        where T : IResourceWithEndpoints
    {
        var endpoint = builder.Resource.Annotations.OfType<EndpointAnnotation>()
            .SingleOrDefault(e => string.Equals(e.Name, endpointName, StringComparison.OrdinalIgnoreCase));
        if (endpoint is not null)
        {
            callback(endpoint);
        }
        else if (createIfNotExists)
        {
            endpoint = new EndpointAnnotation(ProtocolType.Tcp, name: endpointName);
            callback(endpoint);
            builder.WithAnnotation(endpoint);
        }
        return builder;
    }

    /// <summary>Adds an HTTP endpoint, named <c>http</c> unless said.</summary>
    public static IResourceBuilder<T> WithHttpEndpoint<T>(this IResourceBuilder<T> builder, int? port = null, int? targetPort = null, [EndpointName] string? name = null, string? env = null, bool? isProxied = null)
        where T : IResourceWithEndpoints => builder.WithEndpoint(port, targetPort, "http", name, env, isProxied);

    /// <summary>Adds an HTTPS endpoint, named <c>https</c> unless said.</summary>
    public static IResourceBuilder<T> WithHttpsEndpoint<T>(this IResourceBuilder<T> builder, int? port = null, int? targetPort = null, [EndpointName] string? name = null, string? env = null, bool? isProxied = null)
        where T : IResourceWithEndpoints => builder.WithEndpoint(port, targetPort, "https", name, env, isProxied).WithEndpoint(name ?? "https", e => e.TlsEnabled = true);

    /// <summary>Makes the HTTP endpoints reachable from outside when deployed.</summary>
    public static IResourceBuilder<T> WithExternalHttpEndpoints<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithEndpoints
    {
        foreach (var endpoint in builder.Resource.Annotations.OfType<EndpointAnnotation>().Where(e => e.UriScheme is "http" or "https"))
            endpoint.IsExternal = true;
        return builder;
    }

    /// <summary>An endpoint by name; it may be added later.</summary>
    public static EndpointReference GetEndpoint<T>(this IResourceBuilder<T> builder, [EndpointName] string name)
        where T : IResourceWithEndpoints => builder.Resource.GetEndpoint(name);

    /// <summary>Shows an address with the resource.</summary>
    public static IResourceBuilder<T> WithUrl<T>(this IResourceBuilder<T> builder, string url, string? displayText = null)
        where T : IResource => builder.WithAnnotation(new ResourceUrlAnnotation { Url = url, DisplayText = displayText });

    /// <summary>Shows an address with parts known at run time.</summary>
    public static IResourceBuilder<T> WithUrl<T>(this IResourceBuilder<T> builder, in ReferenceExpression.ExpressionInterpolatedStringHandler url, string? displayText = null)
        where T : IResource => builder.WithUrl(ReferenceExpression.Create(url), displayText);

    /// <summary>Shows an address with parts known at run time.</summary>
    public static IResourceBuilder<T> WithUrl<T>(this IResourceBuilder<T> builder, ReferenceExpression url, string? displayText = null)
        where T : IResource
    {
        builder.ApplicationBuilder.Eventing.Subscribe<BeforeResourceStartedEvent>(builder.Resource, async (_, cancellationToken) =>
        {
            var annotation = new ResourceUrlAnnotation { Url = await url.GetValueAsync(cancellationToken) ?? "", DisplayText = displayText };
            // A restart must not show the address twice.
            if (!builder.Resource.Annotations.OfType<ResourceUrlAnnotation>().Any(a => a.Url == annotation.Url))
                builder.WithAnnotation(annotation);
        });
        return builder;
    }
}
