using System.Security.Cryptography;
using MovieFriends.Extensions;

namespace MovieFriends.AppHost.Servers;

internal static class ContainerVolumeExtensions
{
    /// <summary>What the names of volumes begin with, instead; a run beside another one in the same checkout needs it.</summary>
    private const string PrefixKey = "Containers:Volumes";

    private const int PasswordLength = 24;
    private const string PasswordCharacters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";

    /// <summary>The volume of a server: of this checkout, or as configured.</summary>
    /// <exception cref="ConfigurationException">The configured value is no name for a volume.</exception>
    public static string VolumeName(this IDistributedApplicationBuilder builder, string resource) => ContainerVolumes.Name(Prefix(builder), resource);

    /// <summary>
    /// The password of a database: that of its volume, else the configured one, else a new one. It counts at the first start only, and must be
    /// known as long as the volume is there: so it is kept in a file per volume that only its owner may read. Aspire's own place for generated
    /// passwords is one file for all checkouts, which each of them rewrites.
    /// </summary>
    /// <returns>Null for a manifest: there the password is a parameter that whoever deploys it generates and keeps.</returns>
    public static IResourceBuilder<ParameterResource>? AddVolumePassword(this IDistributedApplicationBuilder builder, string resource)
    {
        if (!builder.ExecutionContext.IsRunMode)
            return null;

        var name = $"{resource}-password";
        var path = ContainerVolumes.PasswordFile(builder.VolumeName(resource));
        var configured = builder.Configuration[$"Parameters:{name}"];
        return builder.AddParameter(
            name,
            () => PrivateFile.ReadOrCreate(path, () => configured is { Length: > 0 } ? configured : RandomNumberGenerator.GetString(PasswordCharacters, PasswordLength)),
            secret: true);
    }

    private static string Prefix(IDistributedApplicationBuilder builder)
    {
        // A manifest must come out alike wherever it is written.
        if (builder.ExecutionContext.IsPublishMode)
            return ContainerVolumes.Application;
        if (builder.Configuration[PrefixKey] is not { Length: > 0 } configured)
            return ContainerVolumes.PrefixOf(builder.RepositoryPath("."));

        return ContainerVolumes.IsAllowed(configured)
            ? configured
            : throw new ConfigurationException($"{PrefixKey} = '{configured}': must be letters, digits, '.', '_' and '-', and begin with a letter or digit.");
    }
}
