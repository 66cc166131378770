using System.Security.Cryptography;
using System.Text;

namespace MovieFriends.Cli.Cleaning;

/// <summary>Names of the volumes of this checkout. The AppHost gives them, and makes them from the path, too.</summary>
internal static class CheckoutVolumes
{
    public static IReadOnlyList<string> Of(Checkout checkout)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(checkout.Root)).ToLowerInvariant();
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..10];
        return [$"moviefriends-{hash}-kafka-data", $"moviefriends-{hash}-graph-data"];
    }

    /// <summary>The file with the password of the database in a volume, if it has one.</summary>
    public static string PasswordOf(string volume) => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "moviefriends", $"{volume}.password");
}
