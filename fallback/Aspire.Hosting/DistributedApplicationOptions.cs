namespace Aspire.Hosting;

/// <summary>How an AppHost is built.</summary>
public sealed class DistributedApplicationOptions
{
    /// <summary>The command line.</summary>
    public string[]? Args { get; set; }

    /// <summary>The AppHost's assembly, if not the entry assembly.</summary>
    public string? AssemblyName { get; set; }

    /// <summary>The AppHost's folder, if not the one its assembly was built from.</summary>
    public string? ProjectDirectory { get; set; }

    /// <summary>The application's name in the dashboard.</summary>
    public string? DashboardApplicationName { get; set; }

    /// <summary>Leaves the dashboard out.</summary>
    public bool DisableDashboard { get; set; }

    /// <summary>Whether the dashboard may be reached without TLS.</summary>
    public bool AllowUnsecuredTransport { get; set; }

    /// <summary>Copies the logs of the resources into the AppHost's own.</summary>
    public bool EnableResourceLogging { get; set; }
}
