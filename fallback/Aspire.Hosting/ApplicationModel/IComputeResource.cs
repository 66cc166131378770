namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource that runs code when deployed.</summary>
public interface IComputeResource : IResource;
