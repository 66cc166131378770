using MovieFriends.AppHost.Servers;

var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
{
    Args = args,
    DisableDashboard = args.Contains("--no-dashboard"),
});

var (kafka, graph) = builder.AddServers();

var seeder = builder.AddProject<Projects.MovieFriends_Seeder>("seeder")
    .WithConfiguration("Seeder")
    .WithReference(graph)
    .WaitFor(graph);

builder.AddProject<Projects.MovieFriends_Producer>("producer")
    .WithConfiguration("Producer")
    .WithKafkaClient(kafka)
    .WaitFor(kafka)
    .WaitForCompletion(seeder);

builder.AddProject<Projects.MovieFriends_Consumer>("consumer")
    .WithConfiguration("Consumer")
    .WithKafkaClient(kafka)
    .WithReference(graph)
    .WithHttpHealthCheck("/health")
    .WaitFor(kafka)
    .WaitFor(graph)
    .WaitForCompletion(seeder);

builder.AddProject<Projects.MovieFriends_Verifier>("verifier")
    .WithConfiguration("Verifier")
    .WithKafkaClient(kafka)
    .WithReference(graph)
    .WithExplicitStart();

builder.Build().Run();
