using System.Collections.Immutable;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Changes facts.</summary>
internal static class ResourcePropertySnapshots
{
    /// <summary>Sets some facts and leaves the others, which may be someone else's, as they are.</summary>
    public static ImmutableArray<ResourcePropertySnapshot> With(this ImmutableArray<ResourcePropertySnapshot> properties, params IReadOnlyList<ResourcePropertySnapshot> changed) =>
        [.. properties.Where(p => !changed.Any(c => IsNamed(p, c.Name))), .. changed];

    public static ImmutableArray<ResourcePropertySnapshot> Without(this ImmutableArray<ResourcePropertySnapshot> properties, string name) =>
        properties.Any(p => IsNamed(p, name)) ? properties.RemoveAll(p => IsNamed(p, name)) : properties;

    private static bool IsNamed(ResourcePropertySnapshot property, string name) => string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase);
}
