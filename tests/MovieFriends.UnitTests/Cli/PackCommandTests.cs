using System.Xml.Linq;
using MovieFriends.Cli;
using MovieFriends.Cli.Running;
using Xunit;

namespace MovieFriends.UnitTests.Cli;

public sealed class PackCommandTests : IDisposable
{
    private readonly TemporaryFolder _checkout = new();

    public void Dispose() => _checkout.Dispose();

    [Fact]
    public void Libraries_and_templates_are_packed()
    {
        _checkout.Folder("libraries/B");
        _checkout.Folder("libraries/A");

        Assert.Equal(["libraries/A/A.csproj", "libraries/B/B.csproj", "templates/MovieFriends.Templates.csproj"], Packed(_checkout.Path));
    }

    [Fact]
    public void Of_the_replacements_only_those_are_packed_whose_official_package_cannot_be_had()
    {
        _checkout.Folder("libraries/A");
        _checkout.File("PackageSources.props", "<Project><PropertyGroup><MissingPackages>Aspire.Hosting.Kafka;Neo4j.Driver</MissingPackages></PropertyGroup></Project>");

        Assert.Equal(
            ["fallback/Aspire.Hosting.Kafka/Aspire.Hosting.Kafka.csproj", "fallback/Neo4j.Driver/Neo4j.Driver.csproj"],
            Packed(_checkout.Path).Where(project => project.StartsWith("fallback", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_project_of_this_repository_that_is_packed_is_there() =>
        Assert.All(Packed(Repository.Root), project => Assert.True(File.Exists(Path.Combine(Repository.Root, project)), project));

    [Theory]
    [InlineData("Aspire.Confluent.Kafka")]
    [InlineData("Aspire.Hosting.Kafka")]
    [InlineData("Neo4j.Driver")]
    public void A_replacement_has_the_version_of_the_package_that_it_stands_for(string package)
    {
        var versions = XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props")).Descendants("PackageVersion");
        var replacement = XDocument.Load(Path.Combine(Repository.Root, "fallback", package, $"{package}.csproj"));

        Assert.Equal(
            versions.Single(version => version.Attribute("Include")!.Value == package).Attribute("Version")!.Value,
            replacement.Descendants("Version").Single().Value);
    }

    private static IEnumerable<string> Packed(string root) => XDocument.Parse(PackCommand.Solution(new Checkout(root))).Descendants("Project")
        .Select(project => Path.GetRelativePath(root, project.Attribute("Path")!.Value).Replace('\\', '/'));
}
