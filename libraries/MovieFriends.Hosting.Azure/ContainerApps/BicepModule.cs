using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.ContainerApps;

/// <summary>The modules that describe to Azure what there is; they are written beside the manifest that names them.</summary>
internal static class BicepModule
{
    public const string Environment = "environment.bicep";
    public const string App = "app.bicep";
    public const string Job = "job.bicep";

    /// <summary>Names a module in the manifest, and puts it there.</summary>
    public static void Write(ManifestPublishingContext context, string module)
    {
        var path = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(context.ManifestPath))!, module);
        using (var source = typeof(BicepModule).Assembly.GetManifestResourceStream(module)!)
        using (var file = File.Create(path))
            source.CopyTo(file);

        context.Writer.WriteString("type", "azure.bicep.v0");
        context.Writer.WriteString("path", context.GetManifestRelativePath(path));
    }
}
