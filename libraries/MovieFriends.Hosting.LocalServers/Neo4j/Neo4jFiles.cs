namespace MovieFriends.Hosting.LocalServers.Neo4j;

/// <summary>
/// The files of one local database, all below its folder, which the server takes for its home: so the data, the logs and the plug-ins
/// are there too, and the installed Neo4j stays as it is.
/// </summary>
internal sealed record Neo4jFiles(string Folder)
{
    public string ConfigurationFolder => Path.Combine(Folder, "conf");

    public string Settings => Path.Combine(ConfigurationFolder, "neo4j.conf");

    public string Data => Path.Combine(Folder, "data");

    /// <summary>The name of the file below the data folder that a running database holds locked.</summary>
    public const string LockName = "store_lock";

    public string Password => Path.Combine(Folder, "password");

    public string Plugins => Path.Combine(Folder, "plugins");

    /// <summary>Folders that some versions expect and do not make.</summary>
    public IEnumerable<string> Folders =>
        [ConfigurationFolder, Plugins, Data, Path.Combine(Folder, "logs"), Path.Combine(Folder, "import")];

    /// <summary>The copy of a jar that had to be changed.</summary>
    public string PatchedJar(string jar) => Path.Combine(Folder, "lib", Path.GetFileName(jar));
}
