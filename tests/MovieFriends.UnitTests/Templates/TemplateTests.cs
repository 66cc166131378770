using System.Text.Json;
using System.Xml.Linq;
using Xunit;

namespace MovieFriends.UnitTests.Templates;

/// <summary>The template for <c>dotnet new</c>, as it stands in the repository.</summary>
public sealed class TemplateTests
{
    private const string SourceName = "Stream.1";

    private static readonly string s_folder = Path.Combine(Repository.Root, "templates", "kafka-to-neo4j");
    private static readonly string s_template = File.ReadAllText(Path.Combine(s_folder, ".template.config", "template.json"));

    [Fact]
    public void It_asks_for_an_event_and_a_topic_and_has_a_default_for_each()
    {
        using var template = JsonDocument.Parse(s_template);
        var symbols = template.RootElement.GetProperty("symbols").EnumerateObject();

        Assert.Equal(
            [("event", "Order"), ("topic", "orders")],
            symbols.Where(symbol => symbol.Value.GetProperty("type").GetString() == "parameter").Select(symbol => (symbol.Name, symbol.Value.GetProperty("defaultValue").GetString()!)));
    }

    [Fact]
    public void What_it_replaces_is_there()
    {
        using var template = JsonDocument.Parse(s_template);
        var (root, content) = (template.RootElement, string.Concat(Files().Select(File.ReadAllText)));

        Assert.Equal(SourceName, root.GetProperty("sourceName").GetString());
        Assert.All(root.GetProperty("guids").EnumerateArray(), guid => Assert.Contains(guid.GetString()!, content, StringComparison.Ordinal));
        Assert.All(root.GetProperty("primaryOutputs").EnumerateArray(), output => Assert.True(File.Exists(Path.Combine(s_folder, output.GetProperty("path").GetString()!))));
        foreach (var symbol in root.GetProperty("symbols").EnumerateObject().Select(symbol => symbol.Value))
        {
            if (symbol.TryGetProperty("replaces", out var text))
                Assert.Contains(text.GetString()!, content, StringComparison.Ordinal);
            if (symbol.TryGetProperty("fileRename", out var name))
                Assert.Contains(Files(), file => Path.GetFileName(file).Contains(name.GetString()!, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Its_versions_are_those_of_this_repository()
    {
        var (own, theirs) = (Versions(Repository.Root), Versions(s_folder));
        var version = XDocument.Load(Path.Combine(Repository.Root, "libraries", "Directory.Build.props")).Descendants("VersionPrefix").Single().Value;

        Assert.All(theirs, package => Assert.Equal(package.Key.StartsWith("MovieFriends.", StringComparison.Ordinal) ? version : own[package.Key], package.Value));
        Assert.Equal(
            Project(Repository.Root, "MovieFriends.AppHost").Root!.Attribute("Sdk")!.Value,
            Project(s_folder, $"{SourceName}.AppHost").Root!.Attribute("Sdk")!.Value);
    }

    [Fact]
    public void It_references_no_package_without_a_version_and_names_no_version_in_vain() => Assert.Equal(
        Versions(s_folder).Keys.Order(StringComparer.Ordinal),
        Files().Where(file => file.EndsWith(".csproj", StringComparison.Ordinal))
            .SelectMany(file => XDocument.Load(file).Descendants("PackageReference").Select(reference => reference.Attribute("Include")!.Value))
            .Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Its_solution_has_all_of_its_projects() => Assert.Equal(
        Files().Where(file => file.EndsWith(".csproj", StringComparison.Ordinal)).Select(file => Path.GetRelativePath(s_folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal),
        XDocument.Load(Path.Combine(s_folder, $"{SourceName}.slnx")).Descendants("Project").Select(project => project.Attribute("Path")!.Value).Order(StringComparer.Ordinal));

    [Fact]
    public void Neither_the_repository_takes_it_for_a_part_of_itself_nor_it_the_repository_for_a_part_of_it()
    {
        Assert.DoesNotContain(SourceName, File.ReadAllText(Path.Combine(Repository.Root, "MovieFriends.sln")), StringComparison.Ordinal);

        // MSBuild takes the nearest of each, and no other.
        foreach (var file in (string[])["Directory.Build.props", "Directory.Packages.props"])
            Assert.Empty(XDocument.Load(Path.Combine(s_folder, file)).Descendants("Import"));
    }

    // Without what somebody has built or run in it.
    private static IEnumerable<string> Files() => Directory.EnumerateFiles(s_folder, "*", SearchOption.AllDirectories)
        .Where(file => !Path.GetRelativePath(s_folder, file).Split(Path.DirectorySeparatorChar).Intersect(["bin", "obj", "local-servers"]).Any());

    private static XDocument Project(string folder, string name) => XDocument.Load(Path.Combine(folder, name, $"{name}.csproj"));

    private static Dictionary<string, string> Versions(string folder)
    {
        var file = XDocument.Load(Path.Combine(folder, "Directory.Packages.props"));
        var properties = file.Descendants("PropertyGroup").Elements().ToDictionary(property => $"$({property.Name})", property => property.Value);
        return file.Descendants("PackageVersion").ToDictionary(
            package => package.Attribute("Include")!.Value, package => properties.GetValueOrDefault(package.Attribute("Version")!.Value, package.Attribute("Version")!.Value));
    }
}
