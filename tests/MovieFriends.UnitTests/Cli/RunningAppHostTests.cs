using System.Diagnostics;
using System.Globalization;
using MovieFriends.Cli;
using MovieFriends.Cli.Running;
using Xunit;

namespace MovieFriends.UnitTests.Cli;

public sealed class RunningAppHostTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("moviefriends-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void The_one_that_runs_is_meant_where_none_is_named()
    {
        Write("connections.json", "artifacts/servers");
        Assert.Equal("bolt://one", RunningAppHost.Find(new(_root), dataPath: null).Environment["ConnectionStrings__graph"]);
    }

    [Fact]
    public void Of_several_the_one_with_the_data_folder_is_meant()
    {
        Write("connections.json", "artifacts/servers");
        Write("connections-0a0b0c0d.json", "other", "bolt://two");
        Assert.Equal("bolt://two", RunningAppHost.Find(new(_root), "other").Environment["ConnectionStrings__graph"]);
        Assert.Contains("LocalServers:DataPath", Assert.Throws<CommandException>(() => RunningAppHost.Find(new(_root), dataPath: null)).Message);
        Assert.Contains(Path.Combine(_root, "other"), Assert.Throws<CommandException>(() => RunningAppHost.Find(new(_root), "third")).Message);
    }

    [Fact]
    public void One_that_has_ended_does_not_count()
    {
        Write("connections.json", "artifacts/servers", start: DateTime.UtcNow.AddDays(-1));
        Assert.Empty(RunningAppHost.FindAll(new(_root)));
        Assert.Contains("Nothing is running", Assert.Throws<CommandException>(() => RunningAppHost.Find(new(_root), dataPath: null)).Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no JSON")]
    [InlineData("{}")]
    public void A_file_that_is_not_whole_does_not_count(string content)
    {
        Write("connections.json", "artifacts/servers");
        File.WriteAllText(Path.Combine(_root, "artifacts", "run", "connections.json"), content);
        Assert.Empty(RunningAppHost.FindAll(new(_root)));
    }

    // The AppHost is this process: one that is alive.
    private void Write(string name, string dataPath, string graph = "bolt://one", DateTime? start = null)
    {
        using var self = Process.GetCurrentProcess();
        var folder = Directory.CreateDirectory(Path.Combine(_root, "artifacts", "run")).FullName;
        var time = (start ?? self.StartTime.ToUniversalTime()).ToString("o", CultureInfo.InvariantCulture);
        File.WriteAllText(
            Path.Combine(folder, name),
            $$"""{"appHostPid": {{self.Id}}, "startTime": "{{time}}", "dataPath": "{{Path.Combine(_root, dataPath)}}", "environment": {"ConnectionStrings__graph": "{{graph}}"} }""");
    }
}
