namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource that belongs to another and shares its life.</summary>
public interface IResourceWithParent : IResource
{
    /// <summary>The resource it belongs to.</summary>
    IResource Parent { get; }
}

/// <summary>A resource that belongs to another of a known type.</summary>
/// <typeparam name="T">The parent's type.</typeparam>
public interface IResourceWithParent<out T> : IResourceWithParent
    where T : IResource
{
    /// <summary>The resource it belongs to.</summary>
    new T Parent { get; }

    IResource IResourceWithParent.Parent => Parent;
}
