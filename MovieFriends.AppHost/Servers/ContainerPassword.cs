using System.Security.Cryptography;

namespace MovieFriends.AppHost.Servers;

/// <summary>
/// The password of a database in a container. It counts at the first start only, and must be known as long as the volume is there:
/// so it is kept in a file per volume, outside of the checkout, that only its owner may read. Aspire's own place for generated
/// passwords is one file for all checkouts, which each of them rewrites.
/// </summary>
internal static class ContainerPassword
{
    private const int Length = 24;
    private const string Characters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";

    /// <summary>The password as a parameter: that of the volume, else the configured one, else a new one.</summary>
    public static IResourceBuilder<ParameterResource> AddContainerPassword(this IDistributedApplicationBuilder builder, string name, string volume)
    {
        var path = PathOf(volume);
        var configured = builder.Configuration[$"Parameters:{name}"];
        return builder.AddParameter(name, () => ReadOrCreate(path, configured), secret: true);
    }

    /// <summary>The file with the password of a volume. The command line looks for it there, too.</summary>
    public static string PathOf(string volume) => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "moviefriends", $"{volume}.password");

    private static string ReadOrCreate(string path, string? configured)
    {
        if (!File.Exists(path))
        {
            PrivateFile.Write(path, configured is { Length: > 0 } ? configured : RandomNumberGenerator.GetString(Characters, Length));
        }

        return File.ReadAllText(path).Trim();
    }
}
