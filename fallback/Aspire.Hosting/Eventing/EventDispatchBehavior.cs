namespace Aspire.Hosting.Eventing;

/// <summary>How the handlers of an event are called.</summary>
public enum EventDispatchBehavior
{
    /// <summary>One after the other, awaited; the first exception ends it.</summary>
    BlockingSequential,

    /// <summary>All at once, awaited.</summary>
    BlockingConcurrent,

    /// <summary>One after the other, not awaited.</summary>
    NonBlockingSequential,

    /// <summary>All at once, not awaited.</summary>
    NonBlockingConcurrent,
}
