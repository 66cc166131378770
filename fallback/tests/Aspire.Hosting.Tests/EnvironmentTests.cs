using System.Net.Http;

namespace Aspire.Hosting.Tests;

public sealed class EnvironmentTests
{
    [Fact]
    public async Task A_process_gets_texts_parameters_connection_strings_and_endpoints()
    {
        await using var host = new TestHost(new()
        {
            ["Parameters:secret"] = "s3cret",
            ["ConnectionStrings:kafka"] = "localhost:9092",
        });
        var secret = host.Builder.AddParameter("secret", secret: true);
        var kafka = host.Builder.AddConnectionString("kafka");
        var graph = host.Builder.AddConnectionString("graph", ReferenceExpression.Create($"Endpoint=bolt://localhost;Password={secret};Braces={{}}"));
        var server = host.Add("server", "serve").WithHttpEndpoint(env: "PORT");
        host.Add("worker", "print", "TEXT", "SECRET", "ConnectionStrings__kafka", "ConnectionStrings__graph", "URL", "SERVER_HTTP", "services__server__http__0")
            .WithEnvironment("TEXT", "plain")
            .WithEnvironment("SECRET", secret)
            .WithEnvironment("URL", $"{server.GetEndpoint("http")}/x")
            .WithReference(kafka)
            .WithReference(graph)
            .WithReference(server.GetEndpoint("http"));

        await host.StartAsync();
        Assert.Equal(0, (await host.ReachAsync("worker", KnownResourceStates.Finished)).ExitCode);

        var url = server.GetEndpoint("http").Url;
        var log = await host.LogAsync("worker");
        foreach (var line in (string[])["TEXT=plain", "SECRET=s3cret", "ConnectionStrings__kafka=localhost:9092",
            "ConnectionStrings__graph=Endpoint=bolt://localhost;Password=s3cret;Braces={}", $"URL={url}/x", $"SERVER_HTTP={url}", $"services__server__http__0={url}"])
            Assert.Contains(line, log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_project_listens_where_its_endpoint_says_and_knows_the_dashboard()
    {
        await using var app = await StartSampleAsync("--ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL=http://127.0.0.1:4317", "--AppHost:OtlpApiKey=key", "--environment=Development");
        using var client = app.CreateHttpClient("first");
        Assert.Equal("http://127.0.0.1:4317", await client.GetStringAsync("/env/OTEL_EXPORTER_OTLP_ENDPOINT", TestContext.Current.CancellationToken));
        Assert.Equal("grpc", await client.GetStringAsync("/env/OTEL_EXPORTER_OTLP_PROTOCOL", TestContext.Current.CancellationToken));
        Assert.Equal("x-otlp-api-key=key", await client.GetStringAsync("/env/OTEL_EXPORTER_OTLP_HEADERS", TestContext.Current.CancellationToken));
        Assert.Equal("first", await client.GetStringAsync("/env/OTEL_SERVICE_NAME", TestContext.Current.CancellationToken));
        Assert.StartsWith("service.instance.id=", await client.GetStringAsync("/env/OTEL_RESOURCE_ATTRIBUTES", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal("always_on", await client.GetStringAsync("/env/OTEL_TRACES_SAMPLER", TestContext.Current.CancellationToken));
        Assert.Equal("Development", await client.GetStringAsync("/env/DOTNET_ENVIRONMENT", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Without_a_dashboard_nothing_is_told_where_to_send_telemetry()
    {
        await using var app = await StartSampleAsync();
        using var client = app.CreateHttpClient("first");
        Assert.Empty(await client.GetStringAsync("/env/OTEL_EXPORTER_OTLP_ENDPOINT", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Each_replica_has_its_own_port_and_instance_id()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.SampleAppHost>(TestContext.Current.CancellationToken);
        builder.CreateResourceBuilder<ProjectResource>("second").WithReplicas(2);
        await using var app = await builder.BuildAsync(TestContext.Current.CancellationToken);
        await app.StartAsync(TestContext.Current.CancellationToken);

        var seen = new Dictionary<string, (string? Url, string? Instance)>();
        using var limit = new CancellationTokenSource(TestHost.Limit);
        await foreach (var change in app.ResourceNotifications.WatchAsync(limit.Token))
        {
            if (change.Resource.Name == "second" && change.Snapshot.State?.Text == KnownResourceStates.Running)
                seen[change.ResourceId] = (Variable(change, "ASPNETCORE_URLS"), Variable(change, "OTEL_RESOURCE_ATTRIBUTES"));
            if (seen.Count == 2)
                break;
        }
        Assert.Equal(2, seen.Values.Select(v => v.Url).Distinct().Count());
        Assert.Equal(2, seen.Values.Select(v => v.Instance).Distinct().Count());

        static string? Variable(ResourceEvent change, string name) => change.Snapshot.EnvironmentVariables.Single(v => v.Name == name).Value;
    }

    private static async Task<DistributedApplication> StartSampleAsync(params string[] args)
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.SampleAppHost>(args, TestContext.Current.CancellationToken);
        var app = await builder.BuildAsync(TestContext.Current.CancellationToken);
        await app.StartAsync(TestContext.Current.CancellationToken);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("first", TestContext.Current.CancellationToken);
        return app;
    }
}
