using System.Text.RegularExpressions;

namespace MovieFriends.Cli.Setup;

/// <summary>Reads what a restore said.</summary>
internal static partial class RestoreErrors
{
    private static readonly string[] NotThere = ["NU1101", "NU1102", "NU1103", "MSB4236"];

    /// <summary>
    /// Whether a restore failed because the package sources lack the official packages, and for no other reason: every error with a
    /// code says that a package or SDK is not there, and names one of Aspire's or the Neo4j driver.
    /// </summary>
    public static bool AreOnlyMissingOfficialPackages(string output)
    {
        var errors = CodedError().Matches(output);
        return errors.Count > 0
            && errors.All(error => NotThere.Contains(error.Groups["code"].Value) && OfficialName().IsMatch(error.Groups["text"].Value))
            && !UnreachableSource().IsMatch(output);
    }

    [GeneratedRegex(@"error\s+(?<code>[A-Z]{2,}[0-9]+)\s*:(?<text>[^\r\n]*)")]
    private static partial Regex CodedError();

    // The whole name of a package, not of a project: "MovieFriends.AppHost" is none of them.
    [GeneratedRegex(@"(?<![\w.])(Aspire\.[\w.]+|Neo4j\.Driver)(?!\.?\w)")]
    private static partial Regex OfficialName();

    // A source that does not answer says nothing about what it has. The SDK resolver reports it without a code of its own.
    [GeneratedRegex("NU1301|Unable to load the service index", RegexOptions.IgnoreCase)]
    private static partial Regex UnreachableSource();
}
