namespace Aspire.Hosting.ApplicationModel;

/// <summary>Something mounted into a container.</summary>
public sealed record VolumeSnapshot(string? Source, string Target, string MountType, bool IsReadOnly);
