using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using MovieFriends.AppHost.LocalServers;
using MovieFriends.AppHost.LocalServers.Java;
using MovieFriends.AppHost.LocalServers.Neo4j;
using MovieFriends.AppHost.Servers;
using Xunit;

namespace MovieFriends.UnitTests.Servers;

public sealed class LocalServersTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("JAVA_VERSION=\"17.0.15\"", 17)]
    [InlineData("openjdk version \"21.0.4\" 2024-07-16 LTS", 21)]
    [InlineData("java version \"1.8.0_392\"", 8)]
    [InlineData("openjdk version \"25-ea\" 2025-09-16", 25)]
    public void The_version_of_Java_is_understood_in_every_form(string text, int version) =>
        Assert.Equal(version, JavaRuntime.ParseVersion(text));

    [Fact]
    public void A_Java_home_says_its_version_itself()
    {
        var program = OperatingSystem.IsWindows() ? "java.exe" : "java";
        var path = folder.File($"jdk/bin/{program}");
        folder.File("jdk/release", "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"11.0.2\"\n");
        var java = JavaRuntime.Find(name => name == "JAVA_HOME" ? Path.Combine(folder.Path, "jdk") : null);
        Assert.Equal(new(path, 11), java);

        var refusal = Assert.Throws<StartRefusedException>(() => java.Require(17, "Kafka 4.3.1"));
        Assert.StartsWith($"Kafka 4.3.1 needs Java 17 or later, and {path} is Java 11", refusal.Message, StringComparison.Ordinal);
        java.Require(11, "Kafka 4.3.1");
    }

    [Fact]
    public void A_wrong_Java_home_is_refused_even_if_another_Java_is_on_the_path()
    {
        var refusal = Assert.Throws<StartRefusedException>(
            () => JavaRuntime.Find(name => name == "JAVA_HOME" ? folder.Path : Environment.GetEnvironmentVariable(name)));
        Assert.StartsWith($"JAVA_HOME: '{folder.Path}' is not a Java home", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_Java_is_refused_with_how_to_get_it()
    {
        var refusal = Assert.Throws<StartRefusedException>(() => JavaRuntime.Find(name => name == "PATH" ? folder.Path : null));
        Assert.StartsWith("Java is missing", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("adoptium.net", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_port_is_given_twice()
    {
        var ports = new LoopbackPorts(new Random(1));
        var given = Enumerable.Range(0, 50).Select(_ => ports.Next()).ToList();
        Assert.Equal(given.Count, given.Distinct().Count());
        Assert.All(given, port => Assert.InRange(port, 15_000, 31_999));
    }

    [Fact]
    public void A_fixed_port_that_is_taken_is_named()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var refusal = Assert.Throws<StartRefusedException>(() => new LoopbackPorts(new Random(1)).Fixed(port, "LocalServers:Kafka:Port"));
        Assert.StartsWith($"LocalServers:Kafka:Port: port {port} is taken on 127.0.0.1", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_AppHost_is_kept_out_of_a_folder_and_told_who_has_it()
    {
        var path = Path.Combine(folder.Path, "kafka-1");
        using (DataFolderLock.Acquire(path))
        {
            var refusal = Assert.Throws<StartRefusedException>(() => DataFolderLock.Acquire(path));
            Assert.Equal(
                $"{path} is in use by another AppHost (process {Environment.ProcessId}): stop that one, or set LocalServers:DataPath to another folder",
                refusal.Message);
        }

        DataFolderLock.Acquire(path).Dispose();
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_said_to_be_so()
    {
        var path = Path.Combine(folder.File("a file"), "kafka-1");

        var refusal = Assert.Throws<StartRefusedException>(() => DataFolderLock.Acquire(path));

        Assert.StartsWith($"{path} cannot be written to (", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("LocalServers:Kafka:Port", "70000", "LocalServers:Kafka:Port: '70000' is not allowed; a port from 1 to 65535 is")]
    [InlineData("LocalServers:Kafka:HeapMegabytes", "1", "LocalServers:Kafka:HeapMegabytes: '1' is not allowed; 128 to 65536 (MiB) is")]
    [InlineData("LocalServers:Neo4j:PageCacheMegabytes", "1", "LocalServers:Neo4j:PageCacheMegabytes: '1' is not allowed; 64 to 1048576 (MiB) is")]
    public void A_setting_out_of_its_range_is_refused_with_key_value_and_range(string key, string value, string message) =>
        Assert.Equal(message, Assert.Throws<StartRefusedException>(() => LocalServersOptions.From(Settings.Of((key, value)))).Message);

    [Theory]
    [InlineData("LocalServers:Kafka:Port", "lots")]
    [InlineData("LocalServers:Neo4j:Http", "perhaps")]
    public void A_setting_of_the_wrong_kind_is_refused_with_key_and_value(string key, string value)
    {
        var refusal = Assert.Throws<StartRefusedException>(() => LocalServersOptions.From(Settings.Of((key, value))));
        Assert.Contains(key, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(value, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_of_the_user_replace_ours_of_the_same_name()
    {
        var options = LocalServersOptions.From(Settings.Of(("LocalServers:Kafka:Settings:message.max.bytes", "2"), ("LocalServers:Kafka:Settings:num.io.threads", "3")));

        var file = new SettingsFile().Set("a", 1).Set("message.max.bytes", 1).Override(options.Kafka.Settings);

        Assert.EndsWith("a=1\nmessage.max.bytes=2\nnum.io.threads=3\n", file.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_is_written_in_a_form_that_Java_reads_everywhere() =>
        Assert.EndsWith("a=1\ndir=C:/x/y\n", new SettingsFile().Set("a", 1).SetPath("dir", @"C:\x\y").ToString(), StringComparison.Ordinal);

    [Fact]
    public void A_generated_password_is_kept_and_only_its_owner_may_read_it()
    {
        var path = Path.Combine(folder.Path, "neo4j", "password");
        var password = Neo4jPassword.ReadOrCreate(path);
        Assert.Matches("^[A-Za-z0-9]{32}$", password);
        Assert.Equal(password, Neo4jPassword.ReadOrCreate(path));
        Assert.NotEqual(password, Neo4jPassword.ReadOrCreate(path + "2"));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }

    [Fact]
    public void The_connections_file_is_private_and_gone_after_an_orderly_stop()
    {
        var path = Path.Combine(folder.Path, "run", "connections.json");
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
        var path = Path.Combine(folder.Path, "connections.json");
        using (var file = new ConnectionsFile(path, ""))
        {
            file.Write(new Dictionary<string, string>());
            File.WriteAllText(path, """{"appHostPid":1,"startTime":"2026-01-01T00:00:00Z","environment":{}}""");
        }

        Assert.True(File.Exists(path));
    }
}
