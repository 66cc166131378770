using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Tests;

public sealed class TestingBuilderTests
{
    [Fact]
    public void The_build_makes_a_type_for_each_project()
    {
        Assert.EndsWith($"SampleWorker{Path.DirectorySeparatorChar}SampleWorker.csproj", new Projects.SampleWorker().ProjectPath, StringComparison.Ordinal);
        Assert.EndsWith("SampleAppHost", Projects.SampleAppHost.ProjectPath, StringComparison.Ordinal);
        Assert.True(File.Exists(TestHost.Worker), TestHost.Worker);
    }

    [Fact]
    public async Task A_test_can_change_the_application_before_it_is_built()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.SampleAppHost>(
            ["--Parameters:password=given"], (options, _) => options.EnableResourceLogging = false, TestContext.Current.CancellationToken);
        Assert.Equal(["password", "database", "first", "second"], builder.Resources.Select(r => r.Name));
        builder.CreateResourceBuilder<ProjectResource>("first").WithEnvironment("ADDED", "by the test");
        await using var app = await builder.BuildAsync(TestContext.Current.CancellationToken);
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var limit = new CancellationTokenSource(TestHost.Limit);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("second", limit.Token);

        Assert.Equal("Endpoint=bolt://localhost:7687;Password=given", await app.GetConnectionStringAsync("database", limit.Token));
        using var client = app.CreateHttpClient("first");
        Assert.Equal("by the test", await client.GetStringAsync("/env/ADDED", limit.Token));
        await app.StopAsync(limit.Token);
    }

    [Fact]
    public async Task Nothing_runs_before_the_test_starts_the_application()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.SampleAppHost>(TestContext.Current.CancellationToken);
        await using var app = await builder.BuildAsync(TestContext.Current.CancellationToken);
        Assert.False(app.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.IsCancellationRequested);
        Assert.False(app.ResourceNotifications.TryGetCurrentState("first", out _));
    }

    [Fact]
    public async Task An_entry_point_that_refuses_is_reported_with_its_exit_code()
    {
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            DistributedApplicationTestingBuilder.CreateAsync<Projects.SampleAppHost>(["--refuse"], TestContext.Current.CancellationToken));
        Assert.Contains("exit code 2", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_resource_or_endpoint_that_is_not_there_is_named()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.SampleAppHost>(TestContext.Current.CancellationToken);
        await using var app = await builder.BuildAsync(TestContext.Current.CancellationToken);
        Assert.Contains("'none'", Assert.Throws<ArgumentException>(() => app.GetEndpoint("none")).Message, StringComparison.Ordinal);
        Assert.Contains("'grpc'", Assert.Throws<ArgumentException>(() => app.CreateHttpClient("first", "grpc")).Message, StringComparison.Ordinal);
    }
}
