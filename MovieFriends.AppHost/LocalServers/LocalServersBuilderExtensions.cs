using MovieFriends.AppHost.LocalServers.Java;
using MovieFriends.AppHost.LocalServers.Kafka;
using MovieFriends.AppHost.LocalServers.Neo4j;
using MovieFriends.AppHost.Servers;

namespace MovieFriends.AppHost.LocalServers;

internal static class LocalServersBuilderExtensions
{
    /// <summary>Where npm puts the servers, relative to the repository.</summary>
    public const string PackagesFolder = "servers/node_modules";

    /// <summary>
    /// Adds Kafka and Neo4j as processes of this machine, from <c>KAFKA_HOME</c> and <c>NEO4J_HOME</c> or else from the npm packages.
    /// They listen on the loopback address alone.
    /// </summary>
    /// <exception cref="StartRefusedException">A setting is wrong, or Java or a server is missing.</exception>
    public static AddedServers AddLocalServers(this IDistributedApplicationBuilder builder, string kafkaName, string graphName)
    {
        var packages = builder.RepositoryPath(PackagesFolder);
        var kafkaHome = KafkaHome.Find(builder.Configuration, packages);
        var neo4jHome = Neo4jHome.Find(builder.Configuration, packages);
        var java = JavaRuntime.Find(Environment.GetEnvironmentVariable);
        java.Require(KafkaCapabilities.LeastJava, kafkaHome.ToString());
        java.Require(neo4jHome.Capabilities.LeastJava, neo4jHome.ToString());

        var options = LocalServersOptions.From(builder.Configuration);
        var host = new LocalServerHost(java, new LoopbackPorts(Random.Shared), builder.RepositoryPath(options.DataPath));
        var kafka = builder.AddLocalKafka(kafkaName, kafkaHome, host, options.Kafka);
        var graph = builder.AddLocalNeo4j(graphName, neo4jHome, host, options.Neo4j);
        return new(kafka, graph, $"{kafkaHome} and {neo4jHome} in {host.DataPath}", kafkaHome.Version, neo4jHome.Version);
    }
}
