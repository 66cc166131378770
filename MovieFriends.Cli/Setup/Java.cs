using System.Globalization;
using System.Text.RegularExpressions;
using MovieFriends.Cli.Running;

namespace MovieFriends.Cli.Setup;

/// <summary>An installed Java.</summary>
/// <param name="Path">Its <c>java</c> program.</param>
/// <param name="Version">As it names itself, for example <c>17.0.15</c>.</param>
internal sealed partial record Java(string Path, string Version)
{
    /// <summary>The oldest that runs all servers.</summary>
    public const int Oldest = 17;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    /// <summary>Feature release: 17 for 17.0.15, 8 for 1.8.0_392.</summary>
    public int Release
    {
        get
        {
            var numbers = Numbers().Matches(Version).Select(match => int.Parse(match.Value, CultureInfo.InvariantCulture)).ToArray();
            return numbers is [1, var release, ..] ? release : numbers.FirstOrDefault();
        }
    }

    public bool IsUsable => Release >= Oldest;

    /// <summary>The Java that JAVA_HOME names, else the one on PATH.</summary>
    public static async Task<Java?> FindAsync(CancellationToken cancellationToken)
    {
        if (FindPath() is not { } path)
            return null;

        try
        {
            var result = await new ChildProgram(path, "-version").CaptureAsync(Timeout, cancellationToken);
            return QuotedVersion().Match(result.Output) is { Success: true } match ? new(path, match.Groups[1].Value) : null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Where <see cref="FindAsync"/> looks; null if there is no program.</summary>
    public static string? FindPath()
    {
        if (Environment.GetEnvironmentVariable("JAVA_HOME") is { Length: > 0 } home)
        {
            var path = System.IO.Path.Combine(home, "bin", OperatingSystem.IsWindows() ? "java.exe" : "java");
            if (File.Exists(path))
                return path;
        }

        return ExecutablePath.Find("java");
    }

    [GeneratedRegex("version \"([^\"]+)\"")]
    private static partial Regex QuotedVersion();

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Numbers();
}
