namespace Aspire.Hosting.ApplicationModel;

/// <summary>For whom a value is looked up.</summary>
public class ValueProviderContext
{
    /// <summary>The resource that gets the value.</summary>
    public IResource? Caller { get; init; }

    /// <summary>Whether the application runs or is published.</summary>
    public DistributedApplicationExecutionContext? ExecutionContext { get; init; }
}
