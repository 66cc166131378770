namespace Aspire.Hosting.ApplicationModel;

/// <summary>Base class of resources.</summary>
public abstract class Resource : IResource
{
    /// <summary>Checks the name: letters, digits and single hyphens, starting with a letter, 64 at most.</summary>
    /// <exception cref="ArgumentException">The name breaks a rule.</exception>
    protected Resource(string name)
    {
        ModelName.Validate("resource", name);
        Name = name;
    }

    /// <inheritdoc/>
    public virtual string Name { get; }

    /// <inheritdoc/>
    public virtual ResourceAnnotationCollection Annotations { get; } = [];
}
