using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using MovieFriends.AppHost.Servers;

namespace MovieFriends.AppHost.LocalServers.Java;

/// <summary>The Java that starts the local servers.</summary>
/// <param name="Path">The <c>java</c> program.</param>
/// <param name="Version">The feature version: 17, 21, ...</param>
internal sealed partial record JavaRuntime(string Path, int Version)
{
    private const string HomeVariable = "JAVA_HOME";

    /// <summary>The Java of <c>JAVA_HOME</c>, or else the first on <c>PATH</c>.</summary>
    /// <param name="environment">Gives the value of an environment variable, or null.</param>
    /// <exception cref="StartRefusedException">There is none.</exception>
    public static JavaRuntime Find(Func<string, string?> environment)
    {
        var program = OperatingSystem.IsWindows() ? "java.exe" : "java";
        if (environment(HomeVariable) is { Length: > 0 } home)
        {
            var path = System.IO.Path.Combine(home, "bin", program);
            return File.Exists(path)
                ? new(path, VersionOf(path))
                : throw new StartRefusedException($"{HomeVariable}: '{home}' is not a Java home; {path} is missing");
        }

        foreach (var folder in (environment("PATH") ?? "").Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            var path = System.IO.Path.Combine(folder, program);
            if (File.Exists(path))
            {
                return new(path, VersionOf(path));
            }
        }

        throw new StartRefusedException(
            $"Java is missing: local servers need it. Install Java 17 or later (for example from https://adoptium.net) so that it is on PATH, or set {HomeVariable}");
    }

    /// <exception cref="StartRefusedException">This Java is too old.</exception>
    public void Require(int least, string server)
    {
        if (Version < least)
        {
            throw new StartRefusedException(
                $"{server} needs Java {least} or later, and {Path} is Java {Version}: install a later one (for example from https://adoptium.net), or set {HomeVariable} to it");
        }
    }

    /// <summary>The feature version in a version as Java writes it: <c>1.8.0_392</c>, <c>17.0.15</c>, <c>25-ea</c>.</summary>
    public static int? ParseVersion(string text) => VersionPattern().Match(text) is { Success: true } match
        ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)
        : null;

    private static int VersionOf(string java)
    {
        // A Java home says what it is in a file; asking the program itself takes a tenth of a second.
        var target = File.ResolveLinkTarget(java, returnFinalTarget: true)?.FullName ?? java;
        var release = System.IO.Path.GetFullPath(System.IO.Path.Combine(target, "..", "..", "release"));
        var stated = File.Exists(release)
            ? File.ReadLines(release).FirstOrDefault(line => line.StartsWith("JAVA_VERSION=", StringComparison.Ordinal))
            : null;
        return ParseVersion(stated ?? AskVersion(java))
            ?? throw new StartRefusedException($"{java} does not say which version of Java it is");
    }

    private static string AskVersion(string java)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(java, ["-version"]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            var said = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return said;
        }
        catch (Win32Exception cannotStart)
        {
            throw new StartRefusedException($"{java} cannot be started: {cannotStart.Message}");
        }
    }

    [GeneratedRegex("""(?:^|[="\s])(?:1\.)?(\d+)(?:[.\-_+"\s]|$)""")]
    private static partial Regex VersionPattern();
}
