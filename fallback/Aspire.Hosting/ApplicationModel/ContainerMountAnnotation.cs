namespace Aspire.Hosting.ApplicationModel;

/// <summary>Something mounted into a container.</summary>
public sealed class ContainerMountAnnotation : IResourceAnnotation
{
    /// <summary>Mounts a source at a target.</summary>
    /// <exception cref="ArgumentException">A bind mount without an absolute source, or a read-only anonymous volume.</exception>
    public ContainerMountAnnotation(string? source, string target, ContainerMountType type, bool isReadOnly)
    {
        if (type == ContainerMountType.BindMount && !Path.IsPathRooted(source))
            throw new ArgumentException("A bind mount needs an absolute source.", nameof(source));
        if (type == ContainerMountType.Volume && string.IsNullOrEmpty(source) && isReadOnly)
            throw new ArgumentException("An anonymous volume cannot be read-only.", nameof(isReadOnly));
        Source = source;
        Target = target;
        Type = type;
        IsReadOnly = isReadOnly;
    }

    /// <summary>Folder or volume name; null for an anonymous volume.</summary>
    public string? Source { get; }

    /// <summary>The path in the container.</summary>
    public string Target { get; }

    /// <summary>Folder or volume.</summary>
    public ContainerMountType Type { get; }

    /// <summary>Whether the container may not write to it.</summary>
    public bool IsReadOnly { get; }
}
