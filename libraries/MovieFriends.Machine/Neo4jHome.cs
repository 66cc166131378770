using System.IO.Compression;

namespace MovieFriends.Machine;

/// <summary>An unpacked Neo4j. Nothing is ever written to it.</summary>
internal sealed record Neo4jHome(string Folder, string Version)
{
    public const string Variable = "NEO4J_HOME";

    /// <summary>The oldest version that a home of one's own may have.</summary>
    public static readonly Version Oldest = new(4, 4);

    /// <summary>The classes that have started Neo4j so far, the Enterprise edition's first: its home holds both.</summary>
    private static readonly string[] s_entryPoints =
    [
        "com.neo4j.server.enterprise.EnterpriseEntryPoint",
        "com.neo4j.server.enterprise.Neo4jEnterprise",
        "org.neo4j.server.CommunityEntryPoint",
        "org.neo4j.server.Neo4jCommunity",
    ];

    /// <summary>The numbers of the version.</summary>
    public Version Numbers { get; } = JarVersion.Parse(Version);

    public string Libraries => Path.Combine(Folder, "lib");

    /// <summary>The home that a setting names, or else the one that npm installed.</summary>
    /// <param name="home">The value of <c>NEO4J_HOME</c>, or null.</param>
    /// <param name="packages">Where npm puts packages.</param>
    /// <exception cref="MachineException">There is none, or it is too old.</exception>
    public static Neo4jHome Find(string? home, string packages) => string.IsNullOrEmpty(home)
        ? In(Path.Combine(packages, NpmServers.Neo4jFolder))
            ?? throw new MachineException($"Neo4j is missing: set {Variable} to a Neo4j from {Oldest}{NpmServers.OrInstall(packages)}.")
        : At(home);

    /// <summary>The home that <c>NEO4J_HOME</c> names.</summary>
    /// <exception cref="MachineException">It is none, or it is too old.</exception>
    public static Neo4jHome At(string home)
    {
        var found = In(Path.GetFullPath(home))
            ?? throw new MachineException($"{Variable}: '{home}' is not a Neo4j, because lib/neo4j-kernel-*.jar is missing there. Set it to an unpacked one from {Oldest}, or unset it.");
        return found.Numbers >= Oldest
            ? found
            : throw new MachineException($"{Variable}: '{home}' is Neo4j {found.Version}. Set it to {Oldest} or later, or unset it.");
    }

    /// <summary>The class that starts the server, found by looking into the jars.</summary>
    /// <exception cref="MachineException">None of the known ones is there.</exception>
    public string FindEntryPoint()
    {
        var jars = Directory.EnumerateFiles(Libraries, "*neo4j*.jar").Select(EntriesOf).ToList();
        return Array.Find(s_entryPoints, entryPoint => jars.Exists(jar => jar.Contains(entryPoint.Replace('.', '/') + ".class")))
            ?? throw new MachineException($"{Variable}: '{Folder}' has none of the classes that start a Neo4j ({string.Join(", ", s_entryPoints)}). Set it to a complete Neo4j.");
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
