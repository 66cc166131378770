using System.IO.Compression;
using System.Text.Json.Nodes;
using MovieFriends.UnitTests;
using Xunit;

namespace MovieFriends.IntegrationTests.Infrastructure;

/// <summary>Libraries and every project that they reference, as packages in a temporary folder; packed once for all tests of a class.</summary>
public sealed class PackedLibraries : IAsyncLifetime
{
    public const string Client = "MovieFriends.Neo4j";
    public const string Containers = "MovieFriends.Hosting.Neo4j";
    public const string LocalServers = "MovieFriends.Hosting.LocalServers";
    public const string Streams = "MovieFriends.KafkaToNeo4j";

    /// <summary>Outside of the repository; goes with the last test.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("packages-").FullName;

    public string Packages => Path.Combine(Folder, "packages");

    /// <summary>Packs what the tests were built with.</summary>
    public async ValueTask InitializeAsync()
    {
        try
        {
            // One evaluation for all takes a third of the time of a command for each. A referenced project may be one that is not packed by itself.
            var script = Path.Combine(Folder, "pack.proj");
            var projects = string.Join(';', ((string[])[Client, Containers, LocalServers, Streams]).SelectMany(Projects).Distinct());
            await File.WriteAllTextAsync(
                script,
                $"""
                <Project>
                  <Target Name="Pack">
                    <MSBuild Projects="{projects}" Targets="Pack" Properties="Configuration={BuiltAs};NoBuild=true;IsPackable=true;PackageOutputPath={Packages}" BuildInParallel="true" />
                  </Target>
                </Project>
                """,
                TestContext.Current.CancellationToken);
            await DotnetCommand.RunAsync(
                Repository.Root, ["msbuild", script, "-t:Pack", "-m", "-nologo", "-v:quiet", "-p:_IsPacking=true"], environment: [], TestContext.Current.CancellationToken);
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public string Version(string library) => Path.GetFileNameWithoutExtension(Package(library))[(library.Length + 1)..];

    /// <summary>What is in a library's package.</summary>
    public HashSet<string> Files(string library)
    {
        using var package = ZipFile.OpenRead(Package(library));
        return [.. package.Entries.Select(entry => entry.FullName)];
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    // The tests stand in artifacts/bin/PROJECT/CONFIGURATION.
    private static string BuiltAs => new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Name;

    private string Package(string library) => Directory.GetFiles(Packages, $"{library}.*.nupkg").Single();

    private static IEnumerable<string> Projects(string library)
    {
        var folder = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "obj", library));
        var restored = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "project.assets.json")))!;
        var restore = restored["project"]!["restore"]!;
        var project = restore["projectPath"]!.GetValue<string>();
        yield return project;

        // What is private lies in the library's own package, and nobody must need another.
        var own = restore["frameworks"]!["net10.0"]!["projectReferences"]!.AsObject()
            .Where(reference => reference.Value!["privateAssets"]?.GetValue<string>() == "All")
            .Select(reference => reference.Key)
            .ToHashSet();
        foreach (var (_, reference) in restored["libraries"]!.AsObject())
        {
            if (reference!["msbuildProject"]?.GetValue<string>() is { } path && Path.GetFullPath(path, Path.GetDirectoryName(project)!) is var referenced && !own.Contains(referenced))
                yield return referenced;
        }
    }
}
