namespace Aspire.Hosting.ApplicationModel;

/// <summary>A registered health check that speaks for the resource.</summary>
public class HealthCheckAnnotation(string key) : IResourceAnnotation
{
    /// <summary>The name under which it is registered.</summary>
    public string Key { get; } = key;
}
