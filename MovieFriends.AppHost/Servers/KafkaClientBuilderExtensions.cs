using Aspire.Hosting.ApplicationModel;

namespace MovieFriends.AppHost.Servers;

internal static class KafkaClientBuilderExtensions
{
    /// <summary>The section of the Kafka client integration; it reaches every client of Kafka.</summary>
    private const string ClientSection = "Aspire:Confluent:Kafka";

    /// <summary>What the services agree on about topics.</summary>
    public const string TopicsSection = "Topics";

    /// <summary>
    /// References Kafka and adds what its clients must know: the settings that the broker's version asks for, then the AppHost's own
    /// settings in <c>Topics</c> and <c>Aspire:Confluent:Kafka</c>, which win.
    /// </summary>
    public static IResourceBuilder<T> WithKafkaClient<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResourceWithConnectionString> kafka)
        where T : IResourceWithEnvironment
    {
        builder.WithReference(kafka);
        foreach (var (name, value) in ClientEnvironment(kafka.Resource))
        {
            builder.WithEnvironment(name, value);
        }

        return builder.WithConfiguration(ClientSection).WithConfiguration(TopicsSection);
    }

    /// <summary>The environment variables, besides the connection string, that a client of this Kafka needs.</summary>
    public static IEnumerable<KeyValuePair<string, string>> ClientEnvironment(IResource kafka) =>
        kafka.Annotations.OfType<KafkaClientAnnotation>().SelectMany(annotation => annotation.Environment);
}
