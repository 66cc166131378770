namespace Aspire.Hosting.ApplicationModel;

/// <summary>How the application waits.</summary>
public sealed class ResourceNotificationServiceOptions
{
    /// <summary>What <c>WaitFor</c> does when the awaited resource fails and nothing else was said.</summary>
    public WaitBehavior DefaultWaitBehavior { get; set; } = WaitBehavior.StopOnResourceUnavailable;
}
