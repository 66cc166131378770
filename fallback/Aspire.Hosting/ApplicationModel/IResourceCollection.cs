using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>All resources of the application.</summary>
public interface IResourceCollection : IList<IResource>
{
    /// <summary>Finds a resource by name.</summary>
    bool TryGetByName(string name, [NotNullWhen(true)] out IResource? resource);
}
