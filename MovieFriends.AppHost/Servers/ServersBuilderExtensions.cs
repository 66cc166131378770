using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MovieFriends.AppHost.LocalServers;
using MovieFriends.AppHost.Neo4j;

namespace MovieFriends.AppHost.Servers;

internal static partial class ServersBuilderExtensions
{
    private const string Kafka = "kafka";
    private const string Graph = "graph";
    private const string NotKnown = "not known";

    /// <summary>Adds Kafka and the graph database in the mode that the key <c>Servers</c> chooses.</summary>
    /// <exception cref="StartRefusedException">A setting is wrong, or something that the mode needs is missing.</exception>
    public static (IResourceBuilder<IResourceWithConnectionString> Kafka, IResourceBuilder<IResourceWithConnectionString> Graph) AddServers(
        this IDistributedApplicationBuilder builder)
    {
        StartRefusedException.EndsTheProcessWithOneLine();
        TopicNames.Check(builder.Configuration);
        ProducerSource.Check(builder.Configuration);
        var choice = ServerModeChoice.Choose(
            builder.Configuration,
            builder.ExecutionContext.IsPublishMode,
            () => ContainerRuntime.Find(builder.Configuration));
        var (kafka, graph, description, kafkaVersion, graphVersion) = choice.Mode switch
        {
            ServerMode.External => builder.AddExternalServers(),
            ServerMode.Containers => builder.AddContainers(),
            _ => builder.AddLocalServers(Kafka, Graph),
        };

        builder.Services.AddSingleton(new ServersInfo(choice.Mode.ToString(), kafkaVersion, graphVersion));
        if (builder.ExecutionContext.IsRunMode)
        {
            builder.AddConnectionsFile(kafka, graph);
            // It would write every check of a server that is still starting as an error.
            builder.Services.AddLogging(logging => logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None));
            builder.Eventing.Subscribe<BeforeStartEvent>((start, _) =>
            {
                var logger = start.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ServersBuilderExtensions).Namespace!);
                LogChoice(logger, choice.Mode, choice.Reason, description);
                return Task.CompletedTask;
            });
        }

        return (kafka, graph);
    }

    private static AddedServers AddContainers(this IDistributedApplicationBuilder builder)
    {
        var volumes = ContainerVolumes.Prefix(builder);
        var kafka = builder.AddKafka(Kafka)
            .WithDataVolume(ContainerVolumes.Name(volumes, Kafka))
            .WithEnvironment("KAFKA_NUM_PARTITIONS", TopicPartitions.From(builder.Configuration).ToString())
            // The verifier and a consumer that starts anew read the topic from its beginning.
            .WithEnvironment("KAFKA_LOG_RETENTION_MS", "-1");
        var machine = MachineMemory.TotalMegabytes;
        var graphVolume = ContainerVolumes.Name(volumes, Graph);
        // In a manifest the password is a parameter that whoever deploys it generates and keeps.
        var password = builder.ExecutionContext.IsRunMode ? builder.AddContainerPassword($"{Graph}-password", graphVolume) : null;
        var graph = builder.AddNeo4j(Graph, password)
            .WithDataVolume(graphVolume)
            // Left alone, the image takes half a gigabyte for the store's files, and a heap of what share of the machine Java pleases.
            .WithMemory(MachineMemory.Neo4jHeapMegabytes(machine), MachineMemory.Neo4jPageCacheMegabytes(machine))
            // Transaction logs can only go after a checkpoint; Neo4j's own 15 minutes let tens of gigabytes pile up under load.
            .WithEnvironment("NEO4J_db_checkpoint_interval_time", "1m")
            .WithParallelCollector();
        return new(kafka, graph, "Kafka and Neo4j in containers", ImageTag(kafka.Resource), ImageTag(graph.Resource));
    }

    private static AddedServers AddExternalServers(this IDistributedApplicationBuilder builder) =>
        new(builder.AddExternal(Kafka), builder.AddExternal(Graph), "configured connection strings", NotKnown, NotKnown);

    private static string ImageTag(IResource container) =>
        container.Annotations.OfType<ContainerImageAnnotation>().LastOrDefault()?.Tag ?? NotKnown;

    private static IResourceBuilder<IResourceWithConnectionString> AddExternal(this IDistributedApplicationBuilder builder, string name)
    {
        var key = $"ConnectionStrings:{name}";
        return builder.ExecutionContext.IsPublishMode || !string.IsNullOrWhiteSpace(builder.Configuration[key])
            ? builder.AddConnectionString(name)
            : throw new StartRefusedException($"{key} is missing: Servers=External needs a connection string for {name}");
    }

    [LoggerMessage(LogLevel.Information, "Servers: {Mode}, because {Reason} ({Description})")]
    private static partial void LogChoice(ILogger logger, ServerMode mode, string reason, string description);
}
