using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using MovieFriends.Extensions;

namespace Aspire.Hosting.ContainerApps;

internal static class Volumes
{
    private const string EmptyDir = "EmptyDir";
    private const string AzureFile = "AzureFile";

    /// <exception cref="ConfigurationException">A folder of this machine is mounted.</exception>
    public static string Describe(IResource resource)
    {
        ContainerMountAnnotation[] mounts = [.. resource.Annotations.OfType<ContainerMountAnnotation>()];
        if (mounts.FirstOrDefault(mount => mount.Type == ContainerMountType.BindMount) is { } bind)
            throw new ConfigurationException($"{resource.Name}: '{bind.Target}' is a folder of this machine, which Azure Container Apps does not see. Use a volume.");

        var shares = resource.Annotations.OfType<FileShareAnnotation>().ToLookup(share => share.Path);
        return ManifestJson.Array(mounts.Select((mount, index) => ManifestJson.Object(Volume(mount, index, shares[mount.Target].LastOrDefault()))));
    }

    private static IEnumerable<KeyValuePair<string, string>> Volume(ContainerMountAnnotation mount, int index, FileShareAnnotation? share)
    {
        yield return new("name", ManifestJson.Text(string.Create(CultureInfo.InvariantCulture, $"volume{index}")));
        yield return new("path", ManifestJson.Text(mount.Target));
        yield return new("storageType", ManifestJson.Text(share is null ? EmptyDir : share.StorageType ?? (object)AzureFile));
        if (share is null)
            yield break;

        yield return new("share", ManifestJson.Text(share.Share));
        if (share.MountOptions is not null)
            yield return new("mountOptions", ManifestJson.Text(share.MountOptions));
    }
}
