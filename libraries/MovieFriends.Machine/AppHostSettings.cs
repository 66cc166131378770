namespace MovieFriends.Machine;

/// <summary>Settings and flags of the AppHost that the command names, too.</summary>
internal static class AppHostSettings
{
    /// <summary>Where local servers keep their data; tells runs of one checkout from each other.</summary>
    public const string DataPath = "LocalServers:DataPath";

    /// <summary>Where npm has put the servers.</summary>
    public const string PackagesPath = "LocalServers:PackagesPath";

    /// <summary>Where an AppHost that runs writes itself down, if not where <see cref="AppHostRecord"/> says.</summary>
    public const string ConnectionsFile = "ConnectionsFile";

    /// <summary>Where the producer has its charges from.</summary>
    public const string ProducerSource = "Producer:Source";

    /// <summary>The file for the metrics of a demo.</summary>
    public const string DemoJson = "Demo:Json";

    /// <summary>Where a manifest is asked for: the folder for a Docker Compose file instead.</summary>
    public const string ComposeFolder = "Compose:Folder";

    /// <summary>Flag: one job that ends, and no stream that goes on.</summary>
    public const string Demo = "demo";

    /// <summary>Flag: do without the Aspire dashboard.</summary>
    public const string NoDashboard = "no-dashboard";
}
