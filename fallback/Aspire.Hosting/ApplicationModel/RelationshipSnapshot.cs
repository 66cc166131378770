namespace Aspire.Hosting.ApplicationModel;

/// <summary>How the resource relates to another.</summary>
public sealed record RelationshipSnapshot(string ResourceName, string Type);
