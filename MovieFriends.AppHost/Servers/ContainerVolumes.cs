using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace MovieFriends.AppHost.Servers;

/// <summary>
/// Names of the volumes that containers keep their data in. They are made from where the repository is, so that each checkout has
/// its own and <c>clean</c> knows them; volumes carry no labels.
/// </summary>
internal static partial class ContainerVolumes
{
    /// <summary>What the names begin with, instead; a run beside another one in the same checkout needs it.</summary>
    public const string PrefixKey = "Containers:Volumes";

    private const string Application = "moviefriends";

    /// <exception cref="StartRefusedException">The configured value is no name for a volume.</exception>
    public static string Prefix(IDistributedApplicationBuilder builder)
    {
        if (builder.Configuration[PrefixKey] is not { Length: > 0 } configured)
        {
            // A manifest must come out alike wherever it is written.
            return builder.ExecutionContext.IsPublishMode ? Application : PrefixOf(builder.RepositoryPath("."));
        }

        return Allowed.IsMatch(configured)
            ? configured
            : throw new StartRefusedException($"{PrefixKey}: '{configured}' is not allowed; letters, digits, '.', '_' and '-' are, and the first is a letter or digit");
    }

    public static string Name(string prefix, string resource) => $"{prefix}-{resource}-data";

    /// <summary>The prefix of a checkout. The command line reckons the same way.</summary>
    public static string PrefixOf(string repository)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(repository)).ToLowerInvariant();
        return $"{Application}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..10]}";
    }

    [GeneratedRegex("^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,80}$")]
    private static partial Regex Allowed { get; }
}
