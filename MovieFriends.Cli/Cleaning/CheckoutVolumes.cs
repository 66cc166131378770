using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace MovieFriends.Cli.Cleaning;

/// <summary>Names of the volumes of this checkout. The AppHost gives them, and makes them from the path, too.</summary>
internal static partial class CheckoutVolumes
{
    public static IReadOnlyList<string> Of(Checkout checkout)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(checkout.Root)).ToLowerInvariant();
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..10];
        return [$"moviefriends-{hash}-kafka-data", $"moviefriends-{hash}-graph-data"];
    }

    /// <summary>Whether a volume has the data of the database of some checkout.</summary>
    public static bool IsGraph(string volume) => Graph.IsMatch(volume);

    [GeneratedRegex("^moviefriends-[0-9a-f]{10}-graph-data$")]
    private static partial Regex Graph { get; }
}
