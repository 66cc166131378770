using System.IO.Compression;
using MovieFriends.Cli.Running;
using MovieFriends.UnitTests;
using Xunit;

namespace MovieFriends.IntegrationTests.Infrastructure;

/// <summary>What <c>pack</c> makes, in a temporary folder: libraries, the template, and replacements for official packages; packed once for all tests.</summary>
public sealed class PackedLibraries : IAsyncLifetime
{
    public const string Client = "MovieFriends.Neo4j";
    public const string Containers = "MovieFriends.Hosting.Neo4j";
    public const string LocalServers = "MovieFriends.Hosting.LocalServers";
    public const string Streams = "MovieFriends.KafkaToNeo4j";
    public const string Templates = "MovieFriends.Templates";

    /// <summary>Outside of the repository; goes with the last test.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("packages-").FullName;

    public string Packages => Path.Combine(Folder, "packages");

    /// <summary>For commands of the SDK. A package of the same version may be another tomorrow: it must not get into the machine's own folder.</summary>
    public KeyValuePair<string, string> Cache => KeyValuePair.Create("NUGET_PACKAGES", Path.Combine(Folder, "cache"));

    /// <summary>Packs what the tests were built with.</summary>
    public async ValueTask InitializeAsync()
    {
        try
        {
            // The machine's own sources are added to these; what it has already is not fetched again.
            await File.WriteAllTextAsync(
                Path.Combine(Folder, "nuget.config"),
                $"""
                <configuration>
                  <packageSources>
                    <add key="packed" value="{Packages}" />
                  </packageSources>
                  <fallbackPackageFolders>
                    <add key="machine" value="{MachineCache()}" />
                  </fallbackPackageFolders>
                </configuration>
                """,
                TestContext.Current.CancellationToken);
            var solution = Path.Combine(Folder, "pack.slnx");
            await File.WriteAllTextAsync(solution, PackCommand.Solution(new(Repository.Root)), TestContext.Current.CancellationToken);
            await DotnetCommand.RunAsync(
                Repository.Root, ["pack", solution, "--no-build", "-c", BuiltAs, "-o", Packages, "--nologo", "-v", "q"], environment: [], TestContext.Current.CancellationToken);
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

    public string Package(string library) => Directory.GetFiles(Packages, $"{library}.*.nupkg").Single();

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    // The tests stand in artifacts/bin/PROJECT/CONFIGURATION.
    private static string BuiltAs => new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Name;

    private static string MachineCache()
    {
        var folder = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } given
            ? given
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        return Directory.CreateDirectory(folder).FullName;
    }
}
