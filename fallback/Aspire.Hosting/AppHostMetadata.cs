using System.Reflection;

namespace Aspire.Hosting;

/// <summary>What the build writes into the AppHost's assembly.</summary>
internal static class AppHostMetadata
{
    private const string ProjectDirectoryKey = "apphostprojectpath";
    private const string ProjectOutputPrefix = "projectoutput:";

    public static string? ProjectDirectory(Assembly? assembly) => Find(assembly, ProjectDirectoryKey);

    /// <summary>The assembly built from a project the AppHost refers to.</summary>
    public static string? ProjectOutput(Assembly? assembly, string projectPath) => Find(assembly, ProjectOutputPrefix + projectPath);

    private static string? Find(Assembly? assembly, string key) =>
        assembly?.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(a => string.Equals(a.Key, key, StringComparison.OrdinalIgnoreCase))?.Value;
}
