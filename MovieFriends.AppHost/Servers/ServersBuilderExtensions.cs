using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MovieFriends.Extensions;

namespace MovieFriends.AppHost.Servers;

internal static partial class ServersBuilderExtensions
{
    private const string NotKnown = "not known";

    /// <summary>Decides by the setting <c>Servers</c> and by the machine where Kafka and Neo4j come from.</summary>
    /// <exception cref="ConfigurationException">The setting is no mode, or the mode lacks a connection string.</exception>
    public static ServerModeChoice ChooseServers(this IDistributedApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        var asked = ServerModeChoice.Parse(configuration[ServerModeChoice.Key])
            ?? throw new ConfigurationException($"{ServerModeChoice.Key} = '{configuration[ServerModeChoice.Key]}': must be one of {ServerModeChoice.Allowed}.");
        var choice = ServerModeChoice.Choose(
            asked, builder.ExecutionContext.IsPublishMode, () => ContainerRuntime.Find(ContainerRuntime.NameFrom(name => configuration[name])));
        if (choice.Mode == ServerMode.External && builder.ExecutionContext.IsRunMode)
        {
            foreach (var name in new[] { "kafka", "graph" })
            {
                if (string.IsNullOrWhiteSpace(configuration[$"ConnectionStrings:{name}"]))
                    throw new ConfigurationException($"ConnectionStrings:{name} is missing: {ServerModeChoice.Key}=External needs a connection string for {name}.");
            }
        }

        return choice;
    }

    /// <summary>Tells the services what topics cannot have on an old broker.</summary>
    public static IResourceBuilder<LocalKafkaResource> WithServiceLimits(this IResourceBuilder<LocalKafkaResource> kafka)
    {
        if (!kafka.Resource.CreatesTopicsOnRequest)
            kafka.WithClientEnvironment("Topics__Create", "false");
        if (!kafka.Resource.CarriesHeaders)
            kafka.WithClientEnvironment("Topics__Headers", "false");
        return kafka;
    }

    /// <summary>Tells the consumer what transactions cannot have on an old database.</summary>
    public static IResourceBuilder<LocalNeo4jResource> WithServiceLimits(this IResourceBuilder<LocalNeo4jResource> graph) =>
        graph.Resource.HasTransactionTimeout ? graph : graph.WithClientEnvironment("Consumer__TransactionTimeout", "00:00:00");

    /// <summary>Says in log and reports which servers they are.</summary>
    public static void AddServersInfo(
        this IDistributedApplicationBuilder builder,
        ServerModeChoice choice,
        IResourceBuilder<IResourceWithConnectionString> kafka,
        IResourceBuilder<IResourceWithConnectionString> graph)
    {
        var info = new ServersInfo(choice.Mode.ToString(), VersionOf(kafka.Resource), VersionOf(graph.Resource));
        builder.Services.AddSingleton(info);
        if (!builder.ExecutionContext.IsRunMode)
            return;

        var description = choice.Mode switch
        {
            ServerMode.Local => $"Kafka {info.Kafka} and Neo4j {info.Neo4j} in {builder.DataPath()}",
            ServerMode.Containers => "Kafka and Neo4j in containers",
            _ => "configured connection strings",
        };
        builder.Eventing.Subscribe<BeforeStartEvent>((start, _) =>
        {
            LogChoice(start.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ServersBuilderExtensions).Namespace!), choice.Mode, choice.Reason, description);
            return Task.CompletedTask;
        });
    }

    private static string VersionOf(IResource server) => server switch
    {
        LocalKafkaResource kafka => kafka.Version,
        LocalNeo4jResource neo4j => neo4j.Version,
        _ => server.Annotations.OfType<ContainerImageAnnotation>().LastOrDefault()?.Tag ?? NotKnown,
    };

    [LoggerMessage(LogLevel.Information, "Servers: {Mode}, because {Reason} ({Description})")]
    private static partial void LogChoice(ILogger logger, ServerMode mode, string reason, string description);
}
