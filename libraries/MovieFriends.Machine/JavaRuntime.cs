using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace MovieFriends.Machine;

/// <summary>The Java that starts local servers.</summary>
/// <param name="Path">The <c>java</c> program.</param>
/// <param name="Version">As it names itself: <c>17.0.15</c>, <c>1.8.0_392</c>.</param>
internal sealed partial record JavaRuntime(string Path, string Version)
{
    /// <summary>The oldest feature release that runs all servers.</summary>
    public const int Oldest = 17;

    private const string HomeVariable = "JAVA_HOME";

    /// <summary>Feature release: 17 for 17.0.15, 8 for 1.8.0_392.</summary>
    public int Release { get; } = ReleaseIn(Version) ?? 0;

    /// <summary>The Java of <c>JAVA_HOME</c>, or else the first on <c>PATH</c>.</summary>
    /// <param name="environment">Gives the value of an environment variable, or null.</param>
    /// <exception cref="MachineException">There is none.</exception>
    public static JavaRuntime Find(Func<string, string?> environment)
    {
        var path = FindPath(environment);
        if (environment(HomeVariable) is { Length: > 0 } home && !File.Exists(path))
            throw new MachineException($"{HomeVariable}: '{home}' is not a Java home, because {path} is missing. Set it to a Java {Oldest} or later, or unset it.");

        return path is not null
            ? new(path, VersionOf(path))
            : throw new MachineException(Missing(found: null));
    }

    /// <summary>That there is none, or only one that is too old, and the way out.</summary>
    /// <param name="found">The one that is too old.</param>
    public static string Missing(JavaRuntime? found) =>
        $"Java {Oldest} or later is missing{(found is null ? "" : $" (found {found.Version}: {found.Path})")}. Kafka and Neo4j run on it as local processes. "
        + $"Install one (https://adoptium.net, or your system's package manager) and put it on PATH or set {HomeVariable}.";

    /// <summary>Where <see cref="Find"/> looks; null if there is no program.</summary>
    /// <param name="environment">Gives the value of an environment variable, or null.</param>
    public static string? FindPath(Func<string, string?> environment)
    {
        var program = OperatingSystem.IsWindows() ? "java.exe" : "java";
        return environment(HomeVariable) is { Length: > 0 } home
            ? System.IO.Path.Combine(home, "bin", program)
            : (environment("PATH") ?? "").Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
                .Select(folder => System.IO.Path.Combine(folder, program))
                .FirstOrDefault(File.Exists);
    }

    /// <exception cref="MachineException">This Java is too old.</exception>
    public void Require(int least, string server)
    {
        if (Release < least)
            throw new MachineException($"{server} needs Java {least} or later, and {Path} is Java {Version}: install a later one (for example from https://adoptium.net), or set {HomeVariable} to it.");
    }

    /// <summary>The feature release in a version as Java writes it: <c>1.8.0_392</c>, <c>17.0.15</c>, <c>25-ea</c>.</summary>
    public static int? ReleaseIn(string text) => ReleasePattern().Match(text) is { Success: true } match
        ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)
        : null;

    private static string VersionOf(string java)
    {
        // A Java home says what it is in a file; asking the program itself takes a tenth of a second.
        var target = File.ResolveLinkTarget(java, returnFinalTarget: true)?.FullName ?? java;
        var release = System.IO.Path.GetFullPath(System.IO.Path.Combine(target, "..", "..", "release"));
        var stated = File.Exists(release)
            ? File.ReadLines(release).FirstOrDefault(line => line.StartsWith("JAVA_VERSION=", StringComparison.Ordinal))
            : null;
        return QuotedVersion().Match(stated ?? AskVersion(java)) is { Success: true } match && ReleaseIn(match.Groups[1].Value) is not null
            ? match.Groups[1].Value
            : throw new MachineException($"{java} does not say which version of Java it is. Set {HomeVariable} to a Java {Oldest} or later.");
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
            throw new MachineException($"{java} cannot be started ({cannotStart.Message}). Set {HomeVariable} to a Java {Oldest} or later.", cannotStart);
        }
    }

    [GeneratedRegex("(?:JAVA_VERSION=|version )\"([^\"]+)\"")]
    private static partial Regex QuotedVersion();

    [GeneratedRegex(@"^(?:1\.)?(\d+)(?:[.\-_+]|$)")]
    private static partial Regex ReleasePattern();
}
