namespace Aspire.Hosting;

/// <summary>How a project becomes a resource.</summary>
public class ProjectResourceOptions
{
    /// <summary>The launch profile to use.</summary>
    public string? LaunchProfileName { get; set; }

    /// <summary>Uses no launch profile.</summary>
    public bool ExcludeLaunchProfile { get; set; }

    /// <summary>Takes no endpoints from the Kestrel section of the project's settings.</summary>
    public bool ExcludeKestrelEndpoints { get; set; }
}
