using System.Globalization;
using MovieFriends.AppHost;
using MovieFriends.AppHost.Azure;
using MovieFriends.AppHost.Demo;
using MovieFriends.AppHost.Live;
using MovieFriends.AppHost.Rentals;
using MovieFriends.AppHost.Servers;
using MovieFriends.Contracts.Topics;
using MovieFriends.Extensions;
using MovieFriends.Hosting.Terminal;
using MovieFriends.Neo4j;

// A wrong setting, or a machine that lacks something, ends the process with one line instead of a stack trace.
AppDomain.CurrentDomain.UnhandledException += StartRefusal.Report;

// Before the first request is made, and before the orchestrator is started, which hands the environment on.
LoopbackProxy.Bypass();
var flags = new CommandLineFlags(args);
var builder = DistributedApplication.CreateBuilder(flags.Options);
builder.AddHostDefaults();

var servers = builder.ChooseServers();
var rentals = builder.ChooseRentals(servers, flags.Demo);
var topics = builder.Configuration.ReadValidated<TopicOptions>(TopicOptions.Section);

// For azd; on this machine it adds nothing.
builder.AddContainerAppEnvironment("infra");

IResourceBuilder<IResourceWithConnectionString> kafka = servers.Mode switch
{
    ServerMode.Containers => builder.AddKafka("kafka")
        .WithDataVolume(builder.VolumeName("kafka"))
        .WithEnvironment("KAFKA_NUM_PARTITIONS", topics.Partitions.ToString(CultureInfo.InvariantCulture))
        // The verifier and a consumer that starts anew read the topic from its beginning.
        .WithEnvironment("KAFKA_LOG_RETENTION_MS", "-1")
        .PublishAsOneReplica(),
    ServerMode.Local => builder.AddLocalKafka("kafka")
        .WithDefaultPartitions(topics.Partitions)
        .WithServiceLimits(),
    _ => builder.AddConnectionString("kafka"),
};

IResourceBuilder<IResourceWithConnectionString> graph = servers.Mode switch
{
    ServerMode.Containers => builder.AddNeo4j("graph", builder.AddVolumePassword("graph"))
        .WithDataVolume(builder.VolumeName("graph"))
        .WithMemory(MachineMemory.Neo4jHeapMegabytes(MachineMemory.TotalMegabytes), MachineMemory.Neo4jPageCacheMegabytes(MachineMemory.TotalMegabytes))
        // Transaction logs can only go after a checkpoint; Neo4j's own 15 minutes let tens of gigabytes pile up under load.
        .WithEnvironment("NEO4J_db_checkpoint_interval_time", "1m")
        .WithParallelCollector()
        .PublishAsOneReplica(),
    ServerMode.Local => builder.AddLocalNeo4j("graph")
        .WithServiceLimits(),
    _ => builder.AddConnectionString("graph"),
};

kafka.WithClientConfiguration("Aspire:Confluent:Kafka", "Kafka", TopicOptions.Section);
graph.WithClientConfiguration(Neo4jDriverSettings.Section);

var seeder = builder.AddProject<Projects.MovieFriends_Seeder>("seeder")
    .WithReference(graph).WaitFor(graph)
    .WithConfiguration("Seeder")
    .PublishAsScheduledContainerAppJob("*/10 * * * *", timeout: TimeSpan.FromMinutes(9));

var producer = builder.AddProject<Projects.MovieFriends_Producer>("producer")
    .WithReference(kafka).WaitFor(kafka)
    .WaitForCompletion(seeder)
    .WithEnvironment("Producer__Mode", "Live")
    .WithConfiguration("Producer")
    .WithHttpEndpoint()
    .WithHttpHealthCheck(ServiceEndpoints.Health)
    .PublishAsContainerApp(probePath: ServiceEndpoints.Alive, terminationGracePeriodSeconds: 60);

var rentalProducer = rentals is null ? null : builder.AddProject<Projects.MovieFriends_Producer>("producer-rentals")
    .WithReference(kafka).WaitFor(kafka)
    .WaitForCompletion(seeder)
    .WithEnvironment("Producer__Mode", "Live")
    .WithConfiguration("Producer")
    .WithRentals(rentals)
    .WithHttpEndpoint()
    .WithHttpHealthCheck(ServiceEndpoints.Health);

var consumer = builder.AddProject<Projects.MovieFriends_Consumer>("consumer")
    .WithReference(kafka).WaitFor(kafka)
    .WithReference(graph).WaitFor(graph)
    .WaitForCompletion(seeder)
    .WithConfiguration("Consumer")
    .WithHttpEndpoint()
    .WithHttpHealthCheck(ServiceEndpoints.Health)
    .PublishAsContainerApp(cpu: 1, memory: "2Gi", probePath: ServiceEndpoints.Alive, terminationGracePeriodSeconds: 60)
    .ScaleWithLag(servers, kafka);

var verifier = builder.AddProject<Projects.MovieFriends_Verifier>("verifier")
    .WithReference(kafka)
    .WithReference(graph)
    .WithConfiguration("Verifier")
    .WithExplicitStart()
    .PublishAsContainerAppJob();

builder.AddProject<Projects.MovieFriends_Replayer>("replayer")
    .WithReference(kafka)
    .WithReference(graph)
    .WithConfiguration("Replayer")
    .WithExplicitStart()
    .PublishAsContainerAppJob();

// Started by hand: 100,000 charges at once, beside the stream.
builder.AddProject<Projects.MovieFriends_Producer>("producer-burst")
    .WithReference(kafka)
    .WithConfiguration("Producer")
    .WithEnvironment("Producer__Mode", "Load")
    .WithEnvironment("Producer__Source", "Generator")
    .WithEnvironment("Producer__Messages", "100000")
    .WithHttpEndpoint()
    .WithParentRelationship(producer)
    .WithExplicitStart()
    .ExcludeFromManifest();

if (flags.NoDashboard)
    builder.ExportPastTheDashboard();

builder.AddServersInfo(servers, kafka, graph);
builder.AddConnectionsFile(kafka, graph);
builder.AddTerminal();
builder.AddStateLog(isJob: flags.Demo);
if (flags.Demo)
    builder.AddDemo(seeder, producer, rentalProducer, consumer, verifier);
else
    builder.AddLiveMetrics(producer, rentalProducer, consumer);

var application = builder.Build();
if (builder.ExecutionContext.IsPublishMode && builder.Configuration[AppHostSettings.ComposeFolder] is { Length: > 0 } folder)
{
    await application.WriteComposeFileAsync(folder, images: "moviefriends");
    return;
}

var orchestrator = Orchestrator.Of(application);
application.Run();
orchestrator.WaitForEnd();
