namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource that neither starts nor ends, such as a parameter.</summary>
public interface IResourceWithoutLifetime : IResource;
