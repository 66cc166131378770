using MovieFriends.AppHost;
using MovieFriends.AppHost.Demo;
using MovieFriends.AppHost.Live;
using MovieFriends.AppHost.Servers;
using MovieFriends.AppHost.States;
using MovieFriends.AppHost.Terminal;
using MovieFriends.Extensions;

// Before the first request is made, and before the orchestrator is started, which hands the environment on.
LoopbackProxy.Bypass();
var switches = new Switches(args);
var builder = DistributedApplication.CreateBuilder(switches.Options);
builder.AddHostDefaults();

var (kafka, graph) = builder.AddServers();

var seeder = builder.AddProject<Projects.MovieFriends_Seeder>("seeder")
    .WithGraphClient(graph)
    .WithConfiguration("Seeder")
    .WaitFor(graph);

var producer = builder.AddProject<Projects.MovieFriends_Producer>("producer")
    .WithKafkaClient(kafka)
    .WithEnvironment("Producer__Mode", "Live")
    .WithConfiguration("Producer")
    .WithHttpEndpoint()
    .WithHttpHealthCheck("/health")
    .WaitFor(kafka)
    .WaitForCompletion(seeder);

var consumer = builder.AddProject<Projects.MovieFriends_Consumer>("consumer")
    .WithKafkaClient(kafka)
    .WithGraphClient(graph)
    .WithConfiguration("Consumer")
    .WithHttpEndpoint()
    .WithHttpHealthCheck("/health")
    .WaitFor(kafka)
    .WaitFor(graph)
    .WaitForCompletion(seeder);

var verifier = builder.AddProject<Projects.MovieFriends_Verifier>("verifier")
    .WithKafkaClient(kafka)
    .WithGraphClient(graph)
    .WithConfiguration("Verifier")
    .WithExplicitStart();

builder.AddProject<Projects.MovieFriends_Replayer>("replayer")
    .WithKafkaClient(kafka)
    .WithGraphClient(graph)
    .WithConfiguration("Replayer")
    .WithExplicitStart();

// Started by hand: 100,000 charges at once, beside the stream.
builder.AddProject<Projects.MovieFriends_Producer>("producer-burst")
    .WithKafkaClient(kafka)
    .WithConfiguration("Producer")
    .WithEnvironment("Producer__Mode", "Load")
    .WithEnvironment("Producer__Source", "Generator")
    .WithEnvironment("Producer__Messages", "100000")
    .WithHttpEndpoint()
    .WithParentRelationship(producer)
    .WithExplicitStart()
    .ExcludeFromManifest();

if (switches.NoDashboard)
    builder.ExportPastTheDashboard();

builder.AddTerminal();
builder.AddStateLog(isJob: switches.Demo);
if (switches.Demo)
    builder.AddDemo(seeder, producer, consumer, verifier);
else
    builder.AddLiveFigures(producer, consumer);

var application = builder.Build();
var orchestrator = Orchestrator.Of(application);
application.Run();
orchestrator.WaitForEnd();
