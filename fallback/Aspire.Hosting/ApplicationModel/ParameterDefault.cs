using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Where a parameter gets its value from when the configuration has none.</summary>
public abstract class ParameterDefault
{
    /// <summary>Writes it into the manifest.</summary>
    public abstract void WriteToManifest(ManifestPublishingContext context);

    /// <summary>The value.</summary>
    public abstract string GetDefaultValue();
}
