using System.Text.RegularExpressions;

namespace MovieFriends.Machine;

/// <summary>Tells a server's version from the names of its jars, which is quicker than to start it and ask.</summary>
internal static partial class JarVersion
{
    /// <summary>The version in the name of the first jar in <paramref name="folder"/> that is called <paramref name="artifact"/>.</summary>
    /// <param name="folder">A folder of jars; it need not exist.</param>
    /// <param name="artifact">A regular expression for the name without its version.</param>
    /// <returns>The version as it stands there, like <c>0.9.0.1</c> or <c>5.26.0-rc1</c>, or null.</returns>
    public static string? Find(string folder, string artifact)
    {
        if (!Directory.Exists(folder))
        {
            return null;
        }

        var pattern = new Regex($@"^(?:{artifact})-(\d+(?:\.\d+)+(?:-[A-Za-z0-9.]+)?)\.jar$");
        return Directory.EnumerateFiles(folder, "*.jar")
            .Select(path => pattern.Match(Path.GetFileName(path)))
            .Where(match => match.Success && !IsCompanion(match.Groups[1].Value))
            .Select(match => match.Groups[1].Value)
            .Order(StringComparer.Ordinal)
            .FirstOrDefault();
    }

    /// <summary>The numbers of a version.</summary>
    public static Version Parse(string version) => Version.Parse(Numbers().Match(version).Value);

    /// <summary>Jars beside the one with the program: its sources, its documentation, its tests.</summary>
    private static bool IsCompanion(string version) => Companion().IsMatch(version);

    [GeneratedRegex("-(sources|javadoc|scaladoc|test|tests|test-sources)$")]
    private static partial Regex Companion();

    [GeneratedRegex(@"^\d+(\.\d+){1,3}")]
    private static partial Regex Numbers();
}
