namespace MovieFriends.Cli.Setup;

/// <summary>What follows from what was found: where the servers will run, what npm has to install, and what is missing.</summary>
/// <param name="Servers">Where they run; never <see cref="ServerMode.Auto"/>.</param>
/// <param name="NpmServers">Kafka or Neo4j come from npm.</param>
/// <param name="Missing">One entry for each thing without which the start would fail: what, what needs it, how to get it.</param>
internal sealed record SetupPlan(ServerMode Servers, bool NpmServers, IReadOnlyList<string> Missing)
{
    /// <summary>Decides.</summary>
    /// <param name="request">What the verb needs.</param>
    /// <param name="probe">What there is.</param>
    /// <param name="kafkaHome">Folder of an unpacked Apache Kafka, or null.</param>
    /// <param name="neo4jHome">Folder of an unpacked Neo4j, or null.</param>
    public static SetupPlan Decide(SetupRequest request, ProbeResult probe, string? kafkaHome, string? neo4jHome)
    {
        var servers = ServerModeChoice.Choose(request.Servers, isPublishMode: false, () => probe.ContainerRuntime).Mode;
        var npmServers = servers == ServerMode.Local && (kafkaHome is null || neo4jHome is null);
        return new(servers, npmServers, [.. MissingThings(servers, npmServers, probe, neo4jHome)]);
    }

    private static IEnumerable<string> MissingThings(ServerMode servers, bool npmServers, ProbeResult probe, string? neo4jHome)
    {
        if (servers == ServerMode.Containers && probe.ContainerRuntime is null)
        {
            yield return $"{ContainerRuntime.NameFrom(Environment.GetEnvironmentVariable)} does not answer. Servers=Containers runs Kafka and Neo4j in it. "
                + "Start it, install it (https://docs.docker.com/get-started/get-docker/), or choose Servers=Local.";
        }

        if (servers == ServerMode.Local && probe.Java is not { Release: >= JavaRuntime.Oldest })
            yield return probe.JavaProblem ?? JavaRuntime.Missing(probe.Java);

        if (npmServers && probe.Npm is null)
        {
            yield return "npm is missing. It installs Kafka and Neo4j for local use. "
                + "Install Node.js 20 or later (https://nodejs.org), or set KAFKA_HOME and NEO4J_HOME to unpacked servers, or choose Servers=External.";
        }

        if (servers == ServerMode.Local && probe.OfficialDriver && neo4jHome is null)
        {
            yield return "NEO4J_HOME is not set. The official Neo4j driver does not speak to Neo4j 3.1, which is what npm has. "
                + "Set NEO4J_HOME to an unpacked Neo4j 4.4 or later, or start Docker.";
        }
    }
}
