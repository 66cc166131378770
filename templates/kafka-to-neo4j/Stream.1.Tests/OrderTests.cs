using System.Data.Common;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Confluent.Kafka;
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
        await _app!.ResourceNotifications.WaitForResourceHealthyAsync("consumer", Cancellation);
        using var producer = new ProducerBuilder<string, string>(new ProducerConfig { BootstrapServers = await ConnectionStringAsync("kafka") }).Build();
        await using var graph = await ConnectAsync();

        await SendAsync(producer, Enumerable.Range(1, 1000));
        await ReceivedAsync(graph, 1000);
        await _app.ResourceCommands.ExecuteCommandAsync("consumer", KnownResourceCommands.StopCommand, Cancellation);
        await SendAsync(producer, Enumerable.Range(1001, 1000));
        await _app.ResourceCommands.ExecuteCommandAsync("consumer", KnownResourceCommands.StartCommand, Cancellation);
        await ReceivedAsync(graph, 2000);

        Assert.Equal((2000, 2000), await OrdersAsync(graph));
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
