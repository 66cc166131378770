using Aspire.Hosting.ApplicationModel;
using MovieFriends.AppHost.Neo4j;
using MovieFriends.AppHost.Servers;

namespace MovieFriends.AppHost.Commands;

/// <summary>What can be done with the resources, besides starting and stopping them.</summary>
internal static class CommandsBuilderExtensions
{
    /// <summary>Adds the commands where the application runs; what is published has none.</summary>
    public static void AddCommands(
        this IDistributedApplicationBuilder builder,
        IResourceBuilder<IResourceWithConnectionString> kafka,
        IResourceBuilder<IResourceWithConnectionString> graph,
        IResourceBuilder<ProjectResource> producer,
        IResourceBuilder<ProjectResource> consumer,
        IResourceBuilder<ProjectResource> verifier)
    {
        if (!builder.ExecutionContext.IsRunMode)
            return;

        // Beside the producer's own settings, what makes it a burst comes last.
        var burst = builder.AddProject<Projects.MovieFriends_Producer>("producer-burst")
            .WithKafkaClient(kafka)
            .WithConfiguration("Producer")
            .WithEnvironment("Producer__Mode", "Load")
            .WithEnvironment("Producer__Source", "Generator")
            .WithEnvironment("Producer__Messages", "100000")
            .WithHttpEndpoint()
            .WithParentRelationship(producer)
            .WithExplicitStart();

        producer.WithJobCommand("send-charges", "Send 100,000 charges now", "Sends as many charges as fast as Kafka takes them", "Send", burst);
        consumer.WithJobCommand("verify", "Verify now", "Compares the graph with the topic", "CheckmarkCircle", verifier);
        graph.WithBrowserCommand(Neo4jServerResource.HttpEndpointName);
    }
}
