using System.Runtime.InteropServices;

namespace MovieFriends.Cli.Running;

/// <summary>Finds programs as a shell would.</summary>
internal static class ExecutablePath
{
    /// <summary>The <c>dotnet</c> that runs this command, so that everything is built and run by one installation.</summary>
    public static string DotNet { get; } = FindDotNet();

    /// <summary>Full path of a program on PATH, or null.</summary>
    public static string? Find(string name)
    {
        string[] extensions = OperatingSystem.IsWindows() ? [".exe", ".cmd", ".bat"] : [""];
        return (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => extensions.Select(extension => Path.Combine(folder, name + extension)))
            .FirstOrDefault(File.Exists);
    }

    private static string FindDotNet()
    {
        // shared/Microsoft.NETCore.App/VERSION is three folders below the program.
        var program = Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
        return File.Exists(program) ? Path.GetFullPath(program) : "dotnet";
    }
}
