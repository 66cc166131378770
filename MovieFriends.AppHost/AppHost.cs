using MovieFriends.AppHost.Commands;
using MovieFriends.AppHost.Demo;
using MovieFriends.AppHost.Servers;

var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
{
    // Configuration would take what follows a bare switch for the switch's value.
    Args = [.. args.Where(arg => arg is not ("--demo" or "--no-dashboard"))],
    DisableDashboard = args.Contains("--no-dashboard"),
});

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

builder.AddCommands(kafka, graph, producer, consumer, verifier);

if (args.Contains("--no-dashboard"))
    builder.ExportPastTheDashboard();

if (args.Contains("--demo"))
    builder.AddDemo(seeder, producer, consumer, verifier);

builder.Build().Run();
