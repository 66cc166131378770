namespace Aspire.Hosting.ApplicationModel;

/// <summary>What waiting does when the awaited resource fails.</summary>
public enum WaitBehavior
{
    /// <summary>Waits on: it may be started again.</summary>
    WaitOnResourceUnavailable,

    /// <summary>Gives up.</summary>
    StopOnResourceUnavailable,
}
