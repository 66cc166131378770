using Confluent.Kafka;

var builder = DistributedApplication.CreateBuilder(args);

// In containers if Docker or Podman answers; otherwise as processes of this machine, from KAFKA_HOME and NEO4J_HOME.
var containers = builder.HasContainerRuntime();
IResourceBuilder<IResourceWithConnectionString> kafka = containers ? builder.AddKafka("kafka").WithDataVolume() : builder.AddLocalKafka("kafka");
IResourceBuilder<IResourceWithConnectionString> graph = containers ? builder.AddNeo4j("graph").WithDataVolume() : builder.AddLocalNeo4j("graph");

var consumer = builder.AddProject<Projects.Stream__1_Consumer>("consumer")
    .WithReference(kafka).WaitFor(kafka)
    .WithReference(graph).WaitFor(graph)
    .WithHttpEndpoint()
    .WithHttpHealthCheck("/health");

// A button of the dashboard, to see the stream at work before anybody else sends something.
consumer.WithCommand("send", "Send an Order", async context =>
{
    var address = await kafka.Resource.GetConnectionStringAsync(context.CancellationToken);
    using var producer = new ProducerBuilder<Null, string>(new ProducerConfig { BootstrapServers = address }).Build();
    await producer.ProduceAsync("orders", new() { Value = """{"id": 7, "total": 12.5}""" }, context.CancellationToken);
    return CommandResults.Success();
});

builder.Build().Run();
