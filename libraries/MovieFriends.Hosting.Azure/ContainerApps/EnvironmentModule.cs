using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.ContainerApps;

internal static class EnvironmentModule
{
    public static void Write(ManifestPublishingContext context, IEnumerable<IResource> resources)
    {
        BicepModule.Write(context, BicepModule.Environment);
        context.Writer.WriteStartObject("params");

        // This parameter is how azd knows that the application, and not azd, makes what apps run in.
        context.Writer.WriteString("userPrincipalId", "");
        string[] shares = [.. resources.SelectMany(resource => resource.Annotations.OfType<FileShareAnnotation>()).Select(share => share.Share).Distinct()];
        if (shares.Length > 0)
            context.Writer.WriteString("shares", string.Join(',', shares));
        context.Writer.WriteEndObject();
    }
}
