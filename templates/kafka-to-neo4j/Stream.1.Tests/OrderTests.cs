using System.Data.Common;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Neo4j.Driver;
using Xunit;

/// <summary>The whole application, with servers that are empty at the start and gone at the end.</summary>
public sealed class OrderTests : IAsyncLifetime
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory();
    private DistributedApplication? _app;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Stream__1_AppHost>(
            [$"--LocalServers:DataPath={_data.FullName}", "--DcpPublisher:WaitForResourceCleanup=true"], Cancellation);
        foreach (var resource in builder.Resources)
        {
            foreach (var volume in resource.Annotations.OfType<ContainerMountAnnotation>().ToArray())
                resource.Annotations.Remove(volume);
        }

        // Nobody collects telemetry here, and each stop would wait ten seconds for somebody to take the last of it.
        builder.CreateResourceBuilder<ProjectResource>("consumer").WithEnvironment("OTEL_EXPORTER_OTLP_ENDPOINT", "");
        // A server that is still starting is no error.
        builder.Services.AddLogging(logging => logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None));
        _app = await builder.BuildAsync(Cancellation);
        await _app.StartAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        _data.Delete(recursive: true);
    }

    [Fact(Timeout = 180_000)]
    public async Task Each_message_is_in_the_graph_exactly_once_though_the_consumer_stops_in_between()
    {
        await _app!.ResourceNotifications.WaitForResourceHealthyAsync("consumer", TestContext.Current.CancellationToken);
        using var producer = new ProducerBuilder<string, string>(new ProducerConfig { BootstrapServers = await ConnectionStringAsync("kafka") }).Build();
        await using var graph = await ConnectAsync();

        await CommandAsync("send");
        await SendAsync(producer, Enumerable.Range(1000, 1000));
        await ReceivedAsync(graph, 1001);
        await CommandAsync(KnownResourceCommands.StopCommand);
        await SendAsync(producer, Enumerable.Range(2000, 1000));
        await CommandAsync(KnownResourceCommands.StartCommand);
        await ReceivedAsync(graph, 2001);

        Assert.Equal((2001, 2001), await OrdersAsync(graph));
    }

    private async Task CommandAsync(string command)
    {
        var result = await _app!.ResourceCommands.ExecuteCommandAsync("consumer", command, Cancellation);
        Assert.True(result.Success, $"{command}: {result.Message}");
    }

    private static async Task SendAsync(IProducer<string, string> producer, IEnumerable<int> ids) =>
        await Task.WhenAll(ids.Select(id => producer.ProduceAsync("orders", new() { Key = $"{id}", Value = $$"""{"id": {{id}}, "total": 12.5}""" }, Cancellation)));

    private static async Task ReceivedAsync(IDriver graph, long messages)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while ((await OrdersAsync(graph)).Messages < messages)
            await timer.WaitForNextTickAsync(Cancellation);
    }

    private static async Task<(long Nodes, long Messages)> OrdersAsync(IDriver graph)
    {
        await using var session = graph.AsyncSession();
        var cursor = await session.RunAsync("MATCH (o:Order) RETURN count(o) AS nodes, sum(o.received) AS messages");
        var found = await cursor.SingleAsync();
        return (found["nodes"].As<long>(), found["messages"].As<long>());
    }

    private async Task<IDriver> ConnectAsync()
    {
        var parts = new DbConnectionStringBuilder { ConnectionString = await ConnectionStringAsync("graph") };
        return GraphDatabase.Driver((string)parts["Endpoint"], AuthTokens.Basic((string)parts["Username"], (string)parts["Password"]));
    }

    private async Task<string> ConnectionStringAsync(string name) => (await _app!.GetConnectionStringAsync(name, Cancellation))!;
}
