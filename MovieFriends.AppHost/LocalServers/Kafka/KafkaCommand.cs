using MovieFriends.AppHost.LocalServers.Java;

namespace MovieFriends.AppHost.LocalServers.Kafka;

/// <summary>The Java command lines of Kafka's programs.</summary>
internal static class KafkaCommand
{
    private const int ToolHeapMegabytes = 128;
    private const int ZooKeeperHeapMegabytes = 128;

    public static JavaCommand Broker(KafkaHome home, KafkaFiles files, LocalKafkaOptions options) => new(
        [
            $"-Xms{options.HeapMegabytes}m",
            $"-Xmx{options.HeapMegabytes}m",
            "-XX:+UseG1GC",
            "-XX:MaxGCPauseMillis=20",
            "-XX:InitiatingHeapOccupancyPercent=35",
            "-Djava.awt.headless=true",
            KafkaLogging.Option(home, files),
            .. JavaCommand.Split(options.JavaOptions),
        ],
        home.ClassPath,
        "kafka.Kafka",
        [files.Settings]);

    /// <summary>Prepares an empty data folder for a KRaft broker.</summary>
    /// <param name="home">The Kafka that will use the folder.</param>
    /// <param name="files">The broker's files.</param>
    /// <param name="clusterId">16 bytes in URL-safe Base64, not starting with a dash.</param>
    public static JavaCommand Format(KafkaHome home, KafkaFiles files, string clusterId) => new(
        [$"-Xmx{ToolHeapMegabytes}m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"],
        home.ClassPath,
        "kafka.tools.StorageTool",
        ["format", "--ignore-formatted", "--cluster-id", clusterId, "--config", files.Settings]);

    public static JavaCommand ZooKeeper(KafkaHome home, KafkaFiles files) => new(
        [
            $"-Xmx{ZooKeeperHeapMegabytes}m",
            "-XX:+UseSerialGC",
            "-Djava.awt.headless=true",
            // Registers beans for a monitor that nobody has attached.
            "-Dzookeeper.jmx.log4j.disable=true",
            KafkaLogging.Option(home, files),
        ],
        home.ClassPath,
        "org.apache.zookeeper.server.quorum.QuorumPeerMain",
        [files.Settings]);
}
