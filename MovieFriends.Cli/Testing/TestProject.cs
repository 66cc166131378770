namespace MovieFriends.Cli.Testing;

/// <summary>A test project of this checkout.</summary>
internal sealed record TestProject(string Path)
{
    // What a template holds is a test of whoever generates it.
    private static readonly string[] s_notSearched = ["artifacts", "node_modules", "bin", "obj", "templates"];

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>Needs Kafka and Neo4j.</summary>
    public bool NeedsServers => Name.EndsWith("IntegrationTests", StringComparison.Ordinal) || Name.EndsWith("ContainerTests", StringComparison.Ordinal);

    /// <summary>Every project below the root whose name ends in Tests; those that need no servers come first.</summary>
    public static IReadOnlyList<TestProject> FindAll(string root) =>
    [
        .. Search(new(root)).Select(file => new TestProject(file.FullName)).OrderBy(project => project.NeedsServers).ThenBy(project => project.Name, StringComparer.Ordinal),
    ];

    private static IEnumerable<FileInfo> Search(DirectoryInfo folder) =>
        folder.EnumerateFiles("*Tests.csproj").Concat(folder.EnumerateDirectories()
            .Where(child => !s_notSearched.Contains(child.Name) && !child.Name.StartsWith('.'))
            .SelectMany(Search));
}
