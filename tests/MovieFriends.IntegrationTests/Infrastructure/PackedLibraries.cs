using System.IO.Compression;
using System.Text.Json.Nodes;
using MovieFriends.UnitTests;

namespace MovieFriends.IntegrationTests.Infrastructure;

/// <summary>A library and every project that it references, as packages in a temporary folder.</summary>
internal sealed class PackedLibrary : IDisposable
{
    private PackedLibrary(string library) => Library = library;

    public string Library { get; }

    /// <summary>Outside of the repository; goes when this is disposed of.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("packages-").FullName;

    public string Packages => Path.Combine(Folder, "packages");

    public string Version => Path.GetFileNameWithoutExtension(Package)[(Library.Length + 1)..];

    private string Package => Directory.GetFiles(Packages, $"{Library}.*.nupkg").Single();

    /// <summary>Packs what the tests were built with.</summary>
    public static async Task<PackedLibrary> PackAsync(string library, CancellationToken cancellationToken)
    {
        var packed = new PackedLibrary(library);
        try
        {
            foreach (var project in Projects(library))
            {
                // A referenced project may be one that is not packed by itself.
                await DotnetCommand.RunAsync(
                    Repository.Root,
                    ["pack", project, "--no-build", "--nologo", "-c", BuiltAs, "-o", packed.Packages, "-p:IsPackable=true"],
                    environment: [],
                    cancellationToken);
            }

            return packed;
        }
        catch
        {
            packed.Dispose();
            throw;
        }
    }

    /// <summary>What is in the library's package.</summary>
    public HashSet<string> Files()
    {
        using var package = ZipFile.OpenRead(Package);
        return [.. package.Entries.Select(entry => entry.FullName)];
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    // The tests stand in artifacts/bin/PROJECT/CONFIGURATION.
    private static string BuiltAs => new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Name;

    private static IEnumerable<string> Projects(string library)
    {
        var folder = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "obj", library));
        var restored = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "project.assets.json")))!;
        var project = restored["project"]!["restore"]!["projectPath"]!.GetValue<string>();
        yield return project;
        foreach (var (_, reference) in restored["libraries"]!.AsObject())
        {
            if (reference!["msbuildProject"]?.GetValue<string>() is { } path)
                yield return Path.GetFullPath(path, Path.GetDirectoryName(project)!);
        }
    }
}
