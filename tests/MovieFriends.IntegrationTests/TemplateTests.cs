using MovieFriends.IntegrationTests.Infrastructure;
using MovieFriends.UnitTests;
using Xunit;

namespace MovieFriends.IntegrationTests;

/// <summary>The template as others get it: installed from its package, generated with names of one's own.</summary>
[Trait(Suite.Trait, Suite.Slow)]
[Collection(PackageSuite.Name)]
public sealed class TemplateTests(PackedLibraries packed)
{
    private const string Name = "Acme.Film-rentals";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Folder => Path.Combine(packed.Folder, "generated");

    [Fact]
    public void Every_file_of_the_template_is_in_its_package()
    {
        const string template = "kafka-to-neo4j";
        var folder = Path.Combine(Repository.Root, "templates");
        var files = Directory.EnumerateFiles(Path.Combine(folder, template), "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'));

        Assert.Equal(
            files.Select(file => $"content/{file}").Order(StringComparer.Ordinal),
            packed.Files(PackedLibraries.Templates).Where(file => file.StartsWith("content/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_the_template_generates_builds_from_the_packages_and_passes_its_own_test()
    {
        // A hive of its own: the templates of this machine's user stay as they are.
        string[] hive = ["--debug:custom-hive", Path.Combine(packed.Folder, "hive")];
        await DotnetCommand.RunAsync(packed.Folder, ["new", "install", packed.Package(PackedLibraries.Templates), .. hive], [], Cancellation);
        await DotnetCommand.RunAsync(
            packed.Folder, ["new", "kafka-to-neo4j", "-n", Name, "-o", Folder, "--event", "Rental", "--topic", "film-rentals", .. hive], [], Cancellation);
        AssertGenerated();

        await ScratchApplication.RestoreAsync(packed, Folder, Cancellation);
        await DotnetCommand.RunAsync(Folder, ["build", "--no-restore", "--nologo", "-p:UseSharedCompilation=false"], [packed.Cache], Cancellation);
        var printed = await DotnetCommand.RunAsync(Folder, ["test", "--no-build"], [packed.Cache], Cancellation);

        Assert.Matches(@"succeeded: 1\b", printed);
    }

    // Nothing of the names that the template itself has.
    private void AssertGenerated()
    {
        Assert.True(File.Exists(Path.Combine(Folder, $"{Name}.slnx")));
        Assert.True(File.Exists(Path.Combine(Folder, $"{Name}.Tests", "RentalTests.cs")));
        foreach (var file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories))
            Assert.DoesNotMatch("Stream.1|Stream__1|Order|orders|5e0c6a1e", Path.GetRelativePath(Folder, file) + File.ReadAllText(file));
    }
}
