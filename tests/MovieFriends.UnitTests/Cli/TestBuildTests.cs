using System.Xml.Linq;
using MovieFriends.Cli.Testing;
using Xunit;

namespace MovieFriends.UnitTests.Cli;

public sealed class TestBuildTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("moviefriends-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void What_the_solution_has_is_built_whatever_separators_it_is_written_with()
    {
        File.WriteAllText(Path.Combine(_root, "MovieFriends.sln"), """
            Project("{FAE0}") = "A", "A\A.csproj", "{0563}"
            Project("{2150}") = "tests", "tests", "{0AB3}"
            Project("{FAE0}") = "B", "tests/B/B.csproj", "{0564}"
            """);

        Assert.Equal([Path.Combine(_root, "A/A.csproj"), Path.Combine(_root, "tests/B/B.csproj")], TestBuild.SolutionProjects(new(_root)));
    }

    [Fact]
    public void Each_project_is_built_once() => Assert.Equal(
        ["/a & b/A.csproj", "/B.csproj"],
        XDocument.Parse(TestBuild.SolutionOf(["/a & b/A.csproj", "/B.csproj", "/a & b/A.csproj"])).Descendants("Project").Select(project => project.Attribute("Path")!.Value));
}
