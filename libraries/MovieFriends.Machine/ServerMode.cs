namespace MovieFriends.Machine;

/// <summary>Where Kafka and Neo4j come from.</summary>
internal enum ServerMode
{
    /// <summary><see cref="Containers"/> where a container runtime answers, else <see cref="Local"/>.</summary>
    Auto,

    /// <summary>Containers with persistent volumes.</summary>
    Containers,

    /// <summary>Processes of this machine, started with Java.</summary>
    Local,

    /// <summary>Servers that run already; their connection strings are configured.</summary>
    External,
}
