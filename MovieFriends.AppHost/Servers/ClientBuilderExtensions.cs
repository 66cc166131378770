using Microsoft.Extensions.Configuration;

namespace MovieFriends.AppHost.Servers;

internal static class ClientBuilderExtensions
{
    /// <summary>The section of the Kafka client integration; it reaches every client of Kafka.</summary>
    private const string KafkaSection = "Aspire:Confluent:Kafka";

    /// <summary>The section of the Neo4j client integration; it reaches every client of the graph.</summary>
    private const string GraphSection = "Aspire:Neo4j:Driver";

    /// <summary>What the services do when Kafka refuses something.</summary>
    private const string RefusalSection = "Kafka";

    /// <summary>What the services agree on about topics.</summary>
    public const string TopicsSection = "Topics";

    /// <summary>
    /// References Kafka and adds what its clients must know: the settings that the broker's version asks for, then the AppHost's own
    /// settings in <c>Topics</c>, <c>Kafka</c> and <c>Aspire:Confluent:Kafka</c>, which win.
    /// </summary>
    public static IResourceBuilder<T> WithKafkaClient<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResourceWithConnectionString> kafka)
        where T : IResourceWithEnvironment =>
        builder.WithServer(kafka).WithConfiguration(KafkaSection).WithConfiguration(RefusalSection).WithConfiguration(TopicsSection);

    /// <summary>The same for the graph, with the AppHost's own settings in <c>Aspire:Neo4j:Driver</c>.</summary>
    public static IResourceBuilder<T> WithGraphClient<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResourceWithConnectionString> graph)
        where T : IResourceWithEnvironment =>
        builder.WithServer(graph).WithConfiguration(GraphSection);

    private static IResourceBuilder<T> WithServer<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResourceWithConnectionString> server)
        where T : IResourceWithEnvironment
    {
        builder.WithReference(server);
        foreach (var (name, value) in ClientEnvironment(server.Resource))
        {
            builder.WithEnvironment(name, value);
        }

        return builder;
    }

    /// <summary>The AppHost's own settings that reach every client, as environment variables.</summary>
    public static IEnumerable<KeyValuePair<string, string>> ClientConfiguration(IConfiguration configuration) =>
        new[] { KafkaSection, GraphSection, TopicsSection }.SelectMany(section => ConfigurationForwarding.Variables(configuration, section));

    /// <summary>The environment variables, besides the connection string, that a client of this server needs.</summary>
    public static IEnumerable<KeyValuePair<string, string>> ClientEnvironment(IResource server) =>
        server.Annotations.OfType<ClientEnvironmentAnnotation>().SelectMany(annotation => annotation.Environment);
}
