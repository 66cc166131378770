namespace Aspire.Hosting.ApplicationModel;

/// <summary>Values as one replica needs them: its own endpoints have its own ports.</summary>
internal sealed class ReplicaValueContext : ValueProviderContext
{
    public required IReadOnlyDictionary<string, int> Ports { get; init; }
}
