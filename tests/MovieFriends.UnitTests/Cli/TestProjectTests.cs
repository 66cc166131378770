using MovieFriends.Cli.Testing;
using Xunit;

namespace MovieFriends.UnitTests.Cli;

public sealed class TestProjectTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("moviefriends-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Test_projects_are_found_wherever_they_are_and_those_without_servers_come_first()
    {
        foreach (var path in new[] { "tests/A.IntegrationTests", "tests/A.ContainerTests", "tests/B.UnitTests", "deep/er/C.Tests", "artifacts/D.Tests", "x/node_modules/E.Tests", "templates/G/G.Tests", ".git/F.Tests" })
        {
            Directory.CreateDirectory(Path.Combine(_root, path));
            File.WriteAllText(Path.Combine(_root, path, Path.GetFileName(path) + ".csproj"), "<Project/>");
        }

        Assert.Equal(["B.UnitTests", "C.Tests", "A.ContainerTests", "A.IntegrationTests"], TestProject.FindAll(_root).Select(project => project.Name));
    }
}
