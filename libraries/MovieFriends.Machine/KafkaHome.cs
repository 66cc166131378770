namespace MovieFriends.Machine;

/// <summary>An unpacked Apache Kafka. Nothing is ever written to it.</summary>
internal sealed record KafkaHome(string Folder, string Version)
{
    public const string Variable = "KAFKA_HOME";

    /// <summary>The first version whose KRaft is fit for use; a broker of one's own must be at least that.</summary>
    public static readonly Version Oldest = new(3, 3);

    /// <summary>The numbers of the version.</summary>
    public Version Numbers { get; } = JarVersion.Parse(Version);

    /// <summary>The version of the ZooKeeper that comes with a Kafka that needs one.</summary>
    public string? ZooKeeperVersion => JarVersion.Find(Libraries, "zookeeper");

    /// <summary>Kafka changed from Log4j 1 to 2 with version 4; what counts is which of them is there.</summary>
    public bool LogsWithLog4j2 => JarVersion.Find(Libraries, "log4j-core") is not null;

    /// <summary>All jars; Java itself expands the star.</summary>
    public string ClassPath => Path.Combine(Libraries, "*");

    private string Libraries => Path.Combine(Folder, "libs");

    /// <summary>The home that a setting names, or else the one that npm installed.</summary>
    /// <param name="home">The value of <c>KAFKA_HOME</c>, or null.</param>
    /// <param name="packages">Where npm puts packages.</param>
    /// <exception cref="MachineException">There is none, or it is too old.</exception>
    public static KafkaHome Find(string? home, string packages) => string.IsNullOrEmpty(home)
        ? In(Path.Combine(packages, NpmServers.KafkaFolder))
            ?? throw new MachineException($"Kafka is missing: set {Variable} to an Apache Kafka from {Oldest}{NpmServers.OrInstall(packages)}.")
        : At(home);

    /// <summary>The home that <c>KAFKA_HOME</c> names.</summary>
    /// <exception cref="MachineException">It is none, or it is too old.</exception>
    public static KafkaHome At(string home)
    {
        var found = In(Path.GetFullPath(home))
            ?? throw new MachineException($"{Variable}: '{home}' is not an Apache Kafka, because libs/kafka_*.jar is missing there. Set it to an unpacked one from {Oldest}, or unset it.");
        return found.Numbers >= Oldest
            ? found
            : throw new MachineException($"{Variable}: '{home}' is Kafka {found.Version}. Set it to {Oldest} or later, or unset it.");
    }

    public override string ToString() => $"Kafka {Version}";

    private static KafkaHome? In(string folder)
    {
        var libraries = Path.Combine(folder, "libs");
        var version = JarVersion.Find(libraries, @"kafka_\d+\.\d+") ?? JarVersion.Find(libraries, "kafka-server");
        return version is null ? null : new(folder, version);
    }
}
