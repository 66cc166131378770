namespace Aspire.Hosting;

/// <summary>What the AppHost was started for.</summary>
public enum DistributedApplicationOperation
{
    /// <summary>To run the application.</summary>
    Run,

    /// <summary>To describe it for a deployment.</summary>
    Publish,
}
