using System.Text.Json;
using MovieFriends.AppHost.Servers;
using Xunit;

namespace MovieFriends.UnitTests.AppHost;

public sealed class ConnectionsFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_connections_file_is_private_and_gone_after_an_orderly_stop()
    {
        var path = Path.Combine(_folder.Path, "run", "connections.json");
        using (var file = new ConnectionsFile(path, ""))
        {
            file.Write(new Dictionary<string, string> { ["ConnectionStrings__kafka"] = "127.0.0.1:15001" });
            using var content = JsonDocument.Parse(File.ReadAllText(path));
            Assert.Equal(Environment.ProcessId, content.RootElement.GetProperty("appHostPid").GetInt32());
            Assert.True(content.RootElement.GetProperty("startTime").GetDateTime() <= DateTime.UtcNow);
            Assert.Equal("127.0.0.1:15001", content.RootElement.GetProperty("environment").GetProperty("ConnectionStrings__kafka").GetString());
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            }
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void The_connections_file_of_another_AppHost_is_left_alone()
    {
        var path = Path.Combine(_folder.Path, "connections.json");
        using (var file = new ConnectionsFile(path, ""))
        {
            file.Write(new Dictionary<string, string>());
            File.WriteAllText(path, """{"appHostPid":1,"startTime":"2026-01-01T00:00:00Z","environment":{}}""");
        }

        Assert.True(File.Exists(path));
    }
}
