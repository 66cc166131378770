namespace MovieFriends.Hosting.LocalServers.Kafka;

/// <summary>The broker's <c>server.properties</c>: one node, on the loopback address, that forgets nothing.</summary>
internal static class KafkaSettings
{
    /// <summary>Milliseconds. Long enough for a machine that is busy, and the longest wait after both processes were killed.</summary>
    private const int ZooKeeperSessionTimeout = 6_000;

    /// <summary>Milliseconds, as in the consumer's own default for the older group protocol.</summary>
    private const int GroupSessionTimeout = 10_000;

    /// <summary>Milliseconds.</summary>
    private const int GroupHeartbeatInterval = 1_000;

    public const int BrokerId = 0;

    /// <summary>Broker and controller in one process. Static voters are understood by every version that has KRaft.</summary>
    public static SettingsFile ForKRaft(KafkaFiles files, int port, int controllerPort, int partitions)
    {
        var controller = $"{LocalServerHost.Address}:{controllerPort}";
        var settings = new SettingsFile()
            .Set("process.roles", "broker,controller")
            .Set("node.id", BrokerId)
            .Set("controller.quorum.voters", $"{BrokerId}@{controller}")
            .Set("controller.listener.names", "CONTROLLER")
            .Set("inter.broker.listener.name", "PLAINTEXT")
            .Set("listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT")
            .Set("listeners", $"PLAINTEXT://{LocalServerHost.Address}:{port},CONTROLLER://{controller}")
            .Set("advertised.listeners", $"PLAINTEXT://{LocalServerHost.Address}:{port}")
            .Set("transaction.state.log.replication.factor", 1)
            .Set("transaction.state.log.min.isr", 1)
            .Set("transaction.state.log.num.partitions", 4)
            .Set("share.coordinator.state.topic.replication.factor", 1)
            .Set("share.coordinator.state.topic.min.isr", 1)
            .Set("group.initial.rebalance.delay.ms", 0)
            // A consumer that was killed is missed after ten seconds, and one that came gets its share after one. (From Kafka 4 the broker decides that.)
            .Set("group.consumer.min.session.timeout.ms", GroupSessionTimeout)
            .Set("group.consumer.session.timeout.ms", GroupSessionTimeout)
            .Set("group.consumer.min.heartbeat.interval.ms", GroupHeartbeatInterval)
            .Set("group.consumer.heartbeat.interval.ms", GroupHeartbeatInterval);
        return Shared(settings, files, partitions);
    }

    public static SettingsFile ForZooKeeper(KafkaFiles files, int port, int zooKeeperPort, int partitions)
    {
        var settings = new SettingsFile()
            .Set("broker.id", BrokerId)
            .Set("listeners", $"PLAINTEXT://{LocalServerHost.Address}:{port}")
            .Set("advertised.listeners", $"PLAINTEXT://{LocalServerHost.Address}:{port}")
            .Set("zookeeper.connect", $"{LocalServerHost.Address}:{zooKeeperPort}")
            .Set("zookeeper.session.timeout.ms", ZooKeeperSessionTimeout)
            .Set("delete.topic.enable", true)
            // There is no other broker to hand partitions to.
            .Set("controlled.shutdown.enable", false);
        return Shared(settings, files, partitions);
    }

    /// <summary>ZooKeeper's own settings. It answers <c>ruok</c> and <c>dump</c> on the same port.</summary>
    public static SettingsFile ZooKeeper(string data, int port) => new SettingsFile()
        .SetPath("dataDir", data)
        .Set("clientPort", port)
        .Set("clientPortAddress", LocalServerHost.Address)
        .Set("tickTime", 1000)
        .Set("maxClientCnxns", 0)
        .Set("autopurge.purgeInterval", 1)
        .Set("autopurge.snapRetainCount", 3);

    private static SettingsFile Shared(SettingsFile settings, KafkaFiles files, int partitions) => settings
        .SetPath("log.dirs", files.Data)
        .Set("num.partitions", partitions)
        .Set("offsets.topic.replication.factor", 1)
        .Set("offsets.topic.num.partitions", 4)
        .Set("auto.create.topics.enable", true)
        // The verifier and a consumer that starts anew read the topic from its beginning.
        .Set("log.retention.ms", -1);
}
