using System.Runtime.InteropServices;

namespace Aspire.Hosting.Dashboard;

/// <summary>Finds the real dashboard: part of the Aspire CLI, whose npm package <c>servers/</c> asks for.</summary>
internal static class DashboardProgram
{
    public static string? Find(string appHostDirectory)
    {
        var packages = Path.Combine(appHostDirectory, "..", "servers", "node_modules", "@microsoft");
        var file = OperatingSystem.IsWindows() ? "aspire.exe" : "aspire";
        return Platforms().Select(p => Path.GetFullPath(Path.Combine(packages, $"aspire-cli-{p}", "bin", file))).FirstOrDefault(File.Exists);
    }

    private static IEnumerable<string> Platforms()
    {
        var processor = RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant();
        if (OperatingSystem.IsWindows())
            return [$"win-{processor}"];
        if (OperatingSystem.IsMacOS())
            return [$"osx-{processor}"];
        return RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal) ? [$"linux-musl-{processor}"] : [$"linux-{processor}"];
    }
}
