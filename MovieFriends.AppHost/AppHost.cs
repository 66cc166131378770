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

if (builder.ExecutionContext.IsRunMode)
{
    var burst = builder.AddProject<Projects.MovieFriends_Producer>("producer-burst")
        .WithKafkaClient(kafka)
        .WithConfiguration("Producer")
        .WithEnvironment("Producer__Mode", "Load")
        .WithEnvironment("Producer__Source", "Generator")
        .WithEnvironment("Producer__Messages", "100000")
        .WithParentRelationship(producer)
        .WithExplicitStart();

    producer.WithJobCommand("send-charges", "Send 100,000 charges now", "Sends as many charges as fast as Kafka takes them", "Send", burst);
    consumer.WithJobCommand("verify", "Verify now", "Compares the graph with the topic", "CheckmarkCircle", verifier);
    graph.WithBrowserCommand("http");
}

if (args.Contains("--no-dashboard"))
    builder.ExportPastTheDashboard();

if (args.Contains("--demo"))
    builder.AddDemo(seeder, producer, consumer, verifier);

builder.Build().Run();
