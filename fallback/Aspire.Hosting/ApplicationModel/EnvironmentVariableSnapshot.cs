namespace Aspire.Hosting.ApplicationModel;

/// <summary>A variable the process was started with.</summary>
public sealed record EnvironmentVariableSnapshot(string Name, string? Value, bool IsFromSpec);
