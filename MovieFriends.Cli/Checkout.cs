namespace MovieFriends.Cli;

/// <summary>Where things are in this checkout; everything is found from the folder of the command, not from the current folder.</summary>
internal sealed record Checkout(string Root)
{
    public const string AppHost = "MovieFriends.AppHost";
    public const string Verifier = "MovieFriends.Verifier";
    public const string Replayer = "MovieFriends.Replayer";

    /// <summary>Everything that is built, downloaded by the servers, or recorded; not in version control.</summary>
    public string Artifacts => At("artifacts");

    /// <summary>Records of what runs.</summary>
    public string Run => At(AppHostRecord.Folder);

    /// <summary>The npm package that holds local servers.</summary>
    public string Servers => At("servers");

    /// <summary>What npm has installed.</summary>
    public string NodeModules => At(NpmServers.PackagesFolder);

    /// <summary>Volumes of its containers.</summary>
    public IReadOnlyList<string> Volumes => [ContainerVolumes.Name(ContainerVolumes.PrefixOf(Root), "kafka"), ContainerVolumes.Name(ContainerVolumes.PrefixOf(Root), "graph")];

    /// <summary>Tells MSBuild which official packages the package sources lack.</summary>
    public string PackageSources => At("PackageSources.props");

    public string At(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>The built program of one of the solution's projects.</summary>
    public string Program(string project) => At("artifacts", "bin", project, "release", project + ".dll");
}
