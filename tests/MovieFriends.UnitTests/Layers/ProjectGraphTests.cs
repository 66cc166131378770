using System.Xml.Linq;
using Xunit;

namespace MovieFriends.UnitTests.Layers;

/// <summary>What a project carries with it: its own packages and those of every project that it references.</summary>
public sealed class ProjectGraphTests
{
    private static readonly string[] s_kafka = ["Confluent.Kafka", "Aspire.Confluent.Kafka"];
    private static readonly string[] s_neo4j = ["Neo4j.Driver"];

    [Fact]
    public void The_contracts_reference_nothing()
    {
        var contracts = Project.Read("MovieFriends.Contracts");

        Assert.Empty(contracts.Packages);
        Assert.Empty(contracts.References);
    }

    [Fact]
    public void The_service_defaults_know_no_domain_broker_or_database()
    {
        var defaults = Project.Read("MovieFriends.ServiceDefaults");

        Assert.Equal(["MovieFriends.Extensions"], defaults.AllProjects().Select(project => project.Name));
        Assert.Empty(defaults.AllPackages().Intersect([.. s_kafka, .. s_neo4j]));
    }

    [Fact]
    public void The_producer_carries_no_driver_of_the_database()
    {
        Assert.Empty(Project.Read("MovieFriends.Producer").AllPackages().Intersect(s_neo4j));
        Assert.NotEmpty(Project.Read("MovieFriends.Consumer").AllPackages().Intersect(s_neo4j));
    }

    [Fact]
    public void The_seeder_carries_no_client_of_the_broker()
    {
        Assert.Empty(Project.Read("MovieFriends.Seeder").AllPackages().Intersect(s_kafka));
        Assert.NotEmpty(Project.Read("MovieFriends.Consumer").AllPackages().Intersect(s_kafka));
    }

    [Fact]
    public void The_library_of_streams_knows_no_charge()
    {
        var folder = Path.Combine(Repository.Root, "libraries", "MovieFriends.KafkaToNeo4j");
        Assert.DoesNotContain(
            Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories), file => File.ReadAllText(file).Contains("charge", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("Consumer")]
    [InlineData("Producer")]
    [InlineData("Replayer")]
    [InlineData("Seeder")]
    [InlineData("Verifier")]
    public void A_service_references_no_other(string service) =>
        Assert.Empty(Project.Read($"MovieFriends.{service}").AllProjects().Select(project => project.Name)
            .Intersect(["MovieFriends.Consumer", "MovieFriends.Producer", "MovieFriends.Replayer", "MovieFriends.Seeder", "MovieFriends.Verifier", "MovieFriends.AppHost"]));

    [Fact]
    public void What_is_known_of_the_machine_needs_no_package_and_is_known_to_command_and_AppHost_alike()
    {
        var machine = Project.Read("libraries/MovieFriends.Machine");
        Assert.Empty(machine.Packages);
        Assert.Empty(machine.References);

        Assert.Contains("MovieFriends.Machine", Project.Read("MovieFriends.Cli").AllProjects().Select(project => project.Name));
        Assert.Contains("MovieFriends.Machine", Project.Read("MovieFriends.AppHost").AllProjects().Select(project => project.Name));
    }

    [Fact]
    public void The_command_needs_no_package_but_those_of_its_terminal()
    {
        var command = Project.Read("MovieFriends.Cli");
        Assert.Equal(["MovieFriends.Contracts", "MovieFriends.Machine"], command.AllProjects().Select(project => project.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["Spectre.Console", "System.CommandLine"], command.AllPackages().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_hosting_integration_of_Neo4j_needs_Aspire_and_the_driver_alone()
    {
        var hosting = Project.Read("libraries/MovieFriends.Hosting.Neo4j");
        Assert.Equal(["Aspire.Hosting", "Neo4j.Driver"], hosting.Packages.Order(StringComparer.Ordinal));
        Assert.Empty(hosting.References);
    }

    [Theory]
    [InlineData("Hosting.Azure")]
    [InlineData("Hosting.Compose")]
    [InlineData("Hosting.LocalServers")]
    [InlineData("Hosting.Neo4j")]
    [InlineData("Hosting.Terminal")]
    public void What_an_AppHost_is_made_of_knows_no_domain(string library) =>
        Assert.DoesNotContain("MovieFriends.Contracts", Project.Read($"libraries/MovieFriends.{library}").AllProjects().Select(project => project.Name));

    [Theory]
    [InlineData("Extensions")]
    [InlineData("Hosting.Azure")]
    [InlineData("Hosting.Compose")]
    [InlineData("Hosting.LocalServers")]
    [InlineData("Hosting.Neo4j")]
    [InlineData("Neo4j")]
    [InlineData("Kafka")]
    [InlineData("Kafka.BatchProducer")]
    [InlineData("KafkaToNeo4j")]
    public void A_library_that_is_packed_references_libraries_alone(string library) =>
        Assert.All(Project.Read($"libraries/MovieFriends.{library}").AllProjects(), project => Assert.StartsWith("libraries/", project.Folder, StringComparison.Ordinal));

    private sealed record Project(string Folder, IReadOnlyList<string> Packages, IReadOnlyList<Project> References)
    {
        public string Name => Path.GetFileName(Folder);

        public static Project Read(string folder)
        {
            var name = Path.GetFileName(folder);
            var file = XDocument.Load(Path.Combine(Repository.Root, folder, $"{name}.csproj"));
            return new(
                folder,
                [.. Includes(file, "PackageReference")],
                [.. Includes(file, "ProjectReference").Select(path => Path.GetRelativePath(Repository.Root, Path.GetDirectoryName(Path.GetFullPath(Path.Combine(Repository.Root, folder, path)))!)).Select(Read)]);
        }

        public IEnumerable<Project> AllProjects() => References.Concat(References.SelectMany(project => project.AllProjects())).DistinctBy(project => project.Folder);

        public IEnumerable<string> AllPackages() => Packages.Concat(AllProjects().SelectMany(project => project.Packages));

        private static IEnumerable<string> Includes(XDocument file, string element) => file.Descendants(element).Select(reference => reference.Attribute("Include")!.Value);
    }
}
