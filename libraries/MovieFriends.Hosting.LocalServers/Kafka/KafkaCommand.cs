using MovieFriends.Hosting.LocalServers.Java;

namespace MovieFriends.Hosting.LocalServers.Kafka;

/// <summary>The Java command lines of Kafka's programs.</summary>
internal static class KafkaCommand
{
    private const int ToolHeapMegabytes = 128;
    private const int ZooKeeperHeapMegabytes = 128;

    public static JavaCommand Broker(KafkaHome home, KafkaFiles files, LocalKafkaOptions options, Func<string, string?>? variable = null)
    {
        var (collector, further) = JavaCollector.Choose("-XX:+UseG1GC", JavaCommand.Split(options.JavaOptions), variable);
        return new(
            [
                $"-Xms{options.HeapMegabytes}m",
                $"-Xmx{options.HeapMegabytes}m",
                .. collector,
                "-XX:MaxGCPauseMillis=20",
                "-XX:InitiatingHeapOccupancyPercent=35",
                "-Djava.awt.headless=true",
                KafkaLogging.Option(home, files),
                .. further,
            ],
            home.ClassPath,
            "kafka.Kafka",
            [files.Settings]);
    }

    /// <summary>Prepares an empty data folder for a KRaft broker.</summary>
    /// <param name="home">The Kafka that will use the folder.</param>
    /// <param name="files">The broker's files.</param>
    /// <param name="clusterId">16 bytes in URL-safe Base64, not starting with a dash.</param>
    /// <param name="variable">Reads the environment; the process's own by default.</param>
    public static JavaCommand Format(KafkaHome home, KafkaFiles files, string clusterId, Func<string, string?>? variable = null) => new(
        [$"-Xmx{ToolHeapMegabytes}m", .. JavaCollector.Choose("-XX:+UseSerialGC", [], variable).Choice, "-XX:TieredStopAtLevel=1"],
        home.ClassPath,
        "kafka.tools.StorageTool",
        ["format", "--ignore-formatted", "--cluster-id", clusterId, "--config", files.Settings]);

    public static JavaCommand ZooKeeper(KafkaHome home, KafkaFiles files, Func<string, string?>? variable = null) => new(
        [
            $"-Xmx{ZooKeeperHeapMegabytes}m",
            .. JavaCollector.Choose("-XX:+UseSerialGC", [], variable).Choice,
            "-Djava.awt.headless=true",
            // Registers beans for a monitor that nobody has attached.
            "-Dzookeeper.jmx.log4j.disable=true",
            KafkaLogging.Option(home, files),
        ],
        home.ClassPath,
        "org.apache.zookeeper.server.quorum.QuorumPeerMain",
        [files.Settings]);
}
