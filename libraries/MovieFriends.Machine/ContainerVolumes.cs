using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace MovieFriends.Machine;

/// <summary>
/// Names of the volumes that containers keep their data in. They are made from where the repository is, so that each checkout has
/// its own and <c>clean</c> knows them; volumes carry no labels.
/// </summary>
internal static partial class ContainerVolumes
{
    /// <summary>What the names begin with where the place of the repository does not count.</summary>
    public const string Application = "moviefriends";

    /// <summary>The volume of a resource.</summary>
    public static string Name(string prefix, string resource) => $"{prefix}-{resource}-data";

    /// <summary>The prefix of a checkout.</summary>
    public static string PrefixOf(string repository)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(repository)).ToLowerInvariant();
        return $"{Application}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..10]}";
    }

    /// <summary>Whether container runtimes take the prefix as the beginning of a name.</summary>
    public static bool IsAllowed(string prefix) => Allowed.IsMatch(prefix);

    /// <summary>The file with the password of the database in a volume: outside of the checkout, for the volume may outlive it.</summary>
    public static string PasswordFile(string volume) => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), Application, $"{volume}.password");

    [GeneratedRegex("^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,80}$")]
    private static partial Regex Allowed { get; }
}
