using Aspire.Hosting;
using MovieFriends.Extensions;
using MovieFriends.Hosting.LocalServers;
using MovieFriends.Hosting.LocalServers.Neo4j;
using MovieFriends.Machine;
using Xunit;

namespace MovieFriends.UnitTests.Libraries;

public sealed class LocalServersTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_second_AppHost_is_kept_out_of_a_folder_and_told_who_has_it()
    {
        var path = Path.Combine(_folder.Path, "kafka-1");
        using (DataFolderLock.Acquire(path))
        {
            var refusal = Assert.Throws<MachineException>(() => DataFolderLock.Acquire(path));
            Assert.Equal(
                $"{path} is in use by another AppHost (process {Environment.ProcessId}): stop that one, or set LocalServers:DataPath to another folder.",
                refusal.Message);
        }

        DataFolderLock.Acquire(path).Dispose();
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_said_to_be_so()
    {
        var path = Path.Combine(_folder.File("a file"), "kafka-1");

        var refusal = Assert.Throws<MachineException>(() => DataFolderLock.Acquire(path));

        Assert.StartsWith($"{path} cannot be written to (", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("LocalServers:Kafka:Port", "70000", "LocalServers:Kafka:Port = '70000': must be a port from 1 to 65535.")]
    [InlineData("LocalServers:Kafka:Port", "lots", "LocalServers:Kafka:Port = 'lots': must be a whole number.")]
    [InlineData("LocalServers:Kafka:HeapMegabytes", "1", "LocalServers:Kafka:HeapMegabytes = '1': must be 128 to 65536 (MiB).")]
    public void A_setting_of_Kafka_that_makes_no_sense_is_refused_with_key_value_and_range(string key, string value, string message) =>
        Assert.Equal(message, Assert.Throws<ConfigurationException>(() => Settings.Of((key, value)).ReadValidated<LocalKafkaOptions>("LocalServers:Kafka")).Message);

    [Theory]
    [InlineData("LocalServers:Neo4j:PageCacheMegabytes", "1", "LocalServers:Neo4j:PageCacheMegabytes = '1': must be 64 to 1048576 (MiB).")]
    [InlineData("LocalServers:Neo4j:Http", "perhaps", "LocalServers:Neo4j:Http = 'perhaps': must be true or false.")]
    public void A_setting_of_Neo4j_that_makes_no_sense_is_refused_with_key_value_and_range(string key, string value, string message) =>
        Assert.Equal(message, Assert.Throws<ConfigurationException>(() => Settings.Of((key, value)).ReadValidated<LocalNeo4jOptions>("LocalServers:Neo4j")).Message);

    [Fact]
    public void Settings_of_the_user_replace_ours_of_the_same_name()
    {
        var options = Settings.Of(("LocalServers:Kafka:Settings:message.max.bytes", "2"), ("LocalServers:Kafka:Settings:num.io.threads", "3")).ReadValidated<LocalKafkaOptions>("LocalServers:Kafka");

        var file = new SettingsFile().Set("a", 1).Set("message.max.bytes", 1).Override(options.Settings);

        Assert.EndsWith("a=1\nmessage.max.bytes=2\nnum.io.threads=3\n", file.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_is_written_in_a_form_that_Java_reads_everywhere() =>
        Assert.EndsWith("a=1\ndir=C:/x/y\n", new SettingsFile().Set("a", 1).SetPath("dir", @"C:\x\y").ToString(), StringComparison.Ordinal);

    [Fact]
    public void A_generated_password_is_kept_and_only_its_owner_may_read_it()
    {
        var path = Path.Combine(_folder.Path, "neo4j", "password");
        var password = Neo4jPassword.ReadOrCreate(path);
        Assert.Matches("^[A-Za-z0-9]{32}$", password);
        Assert.Equal(password, Neo4jPassword.ReadOrCreate(path));
        Assert.NotEqual(password, Neo4jPassword.ReadOrCreate(path + "2"));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }
}
