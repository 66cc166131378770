namespace Aspire.Hosting.Publishing;

/// <summary>How the application is published; section <c>Publishing</c>.</summary>
internal sealed class PublishingOptions
{
    /// <summary>The section's name.</summary>
    public const string Publishing = "Publishing";

    /// <summary>The publisher.</summary>
    public string? Publisher { get; set; }

    /// <summary>The file the manifest is written to, or the folder it is written into.</summary>
    public string? OutputPath { get; set; }
}
