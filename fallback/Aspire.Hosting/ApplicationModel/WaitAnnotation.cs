namespace Aspire.Hosting.ApplicationModel;

/// <summary>The resource waits for another before it starts.</summary>
public sealed class WaitAnnotation(IResource resource, WaitType waitType, int exitCode = 0) : IResourceAnnotation
{
    /// <summary>The awaited resource.</summary>
    public IResource Resource { get; } = resource;

    /// <summary>What is awaited.</summary>
    public WaitType WaitType { get; } = waitType;

    /// <summary>The exit code that counts as completion.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>What happens when the awaited resource fails; null for the application's default.</summary>
    public WaitBehavior? WaitBehavior { get; init; }
}
