using System.Text.RegularExpressions;

namespace MovieFriends.Cli.Setup;

/// <summary>Reads what a restore said.</summary>
internal static partial class RestoreErrors
{
    private static readonly string[] NotThere = ["NU1101", "NU1102", "NU1103", "MSB4236"];

    // What follows from having some of the packages only, or others of their versions.
    private static readonly string[] VersionConflict = ["NU1107", "NU1109", "NU1605", "NU1608"];

    /// <summary>
    /// Whether the package sources lack official packages, and nothing else is wrong: an error names one of Aspire's packages or SDKs or the
    /// Neo4j driver as not there, or a warning says that another version was taken, and every other error with a code is about versions
    /// that do not fit together.
    /// </summary>
    public static bool AreForLackOfOfficialPackages(string output)
    {
        var errors = CodedError().Matches(output);
        return (errors.Any(IsMissingOfficialPackage) || OtherVersionTaken().IsMatch(output))
            && errors.All(error => IsMissingOfficialPackage(error) || VersionConflict.Contains(error.Groups["code"].Value))
            && !UnreachableSource().IsMatch(output);
    }

    private static bool IsMissingOfficialPackage(Match error) =>
        NotThere.Contains(error.Groups["code"].Value) && OfficialName().IsMatch(error.Groups["text"].Value);

    [GeneratedRegex(@"error\s+(?<code>[A-Z]{2,}[0-9]+)\s*:(?<text>[^\r\n]*)")]
    private static partial Regex CodedError();

    // The whole name of a package, not of a project: "MovieFriends.AppHost" is none of them.
    [GeneratedRegex(@"(?<![\w.])(Aspire\.[\w.]+|Neo4j\.Driver)(?!\.?\w)")]
    private static partial Regex OfficialName();

    // "A depends on B (>= 1.0) but B 1.0 was not found. B 1.1 was resolved instead."
    [GeneratedRegex(@"NU1603:[^\r\n]* but (Aspire\.[\w.]+|Neo4j\.Driver) \S+ was not found")]
    private static partial Regex OtherVersionTaken();

    // A source that does not answer says nothing about what it has. The SDK resolver reports it without a code of its own.
    [GeneratedRegex("NU1301|Unable to load the service index", RegexOptions.IgnoreCase)]
    private static partial Regex UnreachableSource();
}
