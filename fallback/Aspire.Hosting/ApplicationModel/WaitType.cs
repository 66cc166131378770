namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a resource waits for in another.</summary>
public enum WaitType
{
    /// <summary>That it runs and its health checks pass.</summary>
    WaitUntilHealthy,

    /// <summary>That it has ended with a certain exit code.</summary>
    WaitForCompletion,

    /// <summary>That it runs.</summary>
    WaitUntilStarted,
}
