using System.Text.RegularExpressions;

namespace MovieFriends.Cli.Setup;

/// <summary>Reads what the restore of one package said.</summary>
internal static partial class RestoreOutcome
{
    private static readonly string[] s_notThere = ["NU1101", "NU1102", "NU1103"];

    // What follows from having only some of what a package needs, or other versions of it.
    private static readonly string[] s_versionConflict = ["NU1107", "NU1109", "NU1605", "NU1608"];

    /// <summary>Whether the package, in the version that is asked for, can be had with all that it needs.</summary>
    /// <returns>Null if the restore failed for a reason that says nothing about that.</returns>
    public static bool? IsAvailable(string package, int exitCode, string output)
    {
        if (OtherVersionTaken().Matches(output).Any(taken => taken.Groups["package"].Value.Equals(package, StringComparison.OrdinalIgnoreCase)))
            return false;
        if (exitCode == 0)
            return true;

        var errors = CodedError().Matches(output).Select(error => error.Groups["code"].Value).ToArray();
        return !UnreachableSource().IsMatch(output) && errors.Any(s_notThere.Contains) && errors.All(code => s_notThere.Contains(code) || s_versionConflict.Contains(code))
            ? false
            : null;
    }

    [GeneratedRegex(@"error\s+(?<code>[A-Z]{2,}[0-9]+)\s*:")]
    private static partial Regex CodedError();

    // "A depends on B (>= 1.0) but B 1.0 was not found. B 1.1 was resolved instead."
    [GeneratedRegex(@"NU1603:[^\r\n]* \(>= \S+\) \S+ (?<package>\S+) \S+ ")]
    private static partial Regex OtherVersionTaken();

    // A source that does not answer says nothing about what it has.
    [GeneratedRegex("NU1301|Unable to load the service index", RegexOptions.IgnoreCase)]
    private static partial Regex UnreachableSource();
}
