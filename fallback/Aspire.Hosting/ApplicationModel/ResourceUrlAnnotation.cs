namespace Aspire.Hosting.ApplicationModel;

/// <summary>An address shown with the resource.</summary>
public sealed class ResourceUrlAnnotation : IResourceAnnotation
{
    /// <summary>The address.</summary>
    public required string Url { get; set; }

    /// <summary>The text shown instead.</summary>
    public string? DisplayText { get; set; }

    /// <summary>The endpoint it belongs to, if any.</summary>
    public EndpointReference? Endpoint { get; init; }
}
