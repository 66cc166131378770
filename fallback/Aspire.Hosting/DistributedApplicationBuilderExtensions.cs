using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Finds resources that were added already.</summary>
public static class DistributedApplicationBuilderExtensions
{
    /// <summary>A builder for a resource by name.</summary>
    /// <exception cref="InvalidOperationException">There is none of that name, or it is of another type.</exception>
    public static IResourceBuilder<T> CreateResourceBuilder<T>(this IDistributedApplicationBuilder builder, string name)
        where T : IResource
    {
        if (!builder.Resources.TryGetByName(name, out var resource))
            throw new InvalidOperationException($"There is no resource '{name}'.");
        return resource is T typed
            ? builder.CreateResourceBuilder(typed)
            : throw new InvalidOperationException($"The resource '{name}' is a '{resource.GetType().Name}', not a '{typeof(T).Name}'.");
    }

    /// <summary>A builder for a resource by name, if there is one of that type.</summary>
    public static bool TryCreateResourceBuilder<T>(this IDistributedApplicationBuilder builder, string name, [NotNullWhen(true)] out IResourceBuilder<T>? resourceBuilder)
        where T : IResource
    {
        resourceBuilder = builder.Resources.TryGetByName(name, out var resource) && resource is T typed ? builder.CreateResourceBuilder(typed) : null;
        return resourceBuilder is not null;
    }
}
