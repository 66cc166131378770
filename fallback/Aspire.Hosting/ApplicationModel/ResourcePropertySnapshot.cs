namespace Aspire.Hosting.ApplicationModel;

/// <summary>A fact shown with the resource.</summary>
public sealed record ResourcePropertySnapshot(string Name, object? Value)
{
    /// <summary>Whether the value is masked.</summary>
    public bool IsSensitive { get; init; }

    /// <summary>The name shown, if not the name itself.</summary>
    internal string? DisplayName { get; init; }

    /// <summary>Its place among the facts that are shown without being asked for; null for one that is not.</summary>
    internal int? Order { get; init; }
}
