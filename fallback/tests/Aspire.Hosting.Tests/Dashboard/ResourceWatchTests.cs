using Aspire.Hosting.Dashboard.Protocol;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Resource = Aspire.Hosting.Dashboard.Protocol.Resource;
using ResourceCommandState = Aspire.Hosting.Dashboard.Protocol.ResourceCommandState;

namespace Aspire.Hosting.Tests.Dashboard;

public sealed class ResourceWatchTests
{
    [Fact]
    public async Task Whoever_watches_gets_all_resources_once_and_then_each_change()
    {
        await using var host = new TestHost(withResourceService: true);
        host.Builder.AddParameter("region", "north");
        host.Add("server", "serve").WithHttpEndpoint().WithExplicitStart().WithEnvironment("COLOUR", "green");
        await host.StartAsync();
        await host.ReachAsync("region", KnownResourceStates.Running);
        using var client = await ResourceClient.ConnectAsync(host.Application);
        using var watch = client.Watch();

        Assert.True(await watch.ResponseStream.MoveNext(client.Limit));
        var initial = watch.ResponseStream.Current.InitialData.Resources;
        Assert.Equal(["region", "server"], initial.Select(r => r.DisplayName).Order());
        var before = initial.Single(r => r.DisplayName == "server");
        Assert.Equal(("Executable", KnownResourceStates.NotStarted), (before.ResourceType, before.State));
        Assert.StartsWith("server-", before.Name, StringComparison.Ordinal);
        Assert.True(Assert.Single(before.Urls).IsInactive);
        Assert.Null(before.StartedAt);

        Assert.Equal(ResourceCommandResponseKind.Succeeded, (await client.ExecuteAsync(before.Name, "start")).Kind);
        Resource? running = null;
        while (running?.State != KnownResourceStates.Running && await watch.ResponseStream.MoveNext(client.Limit))
        {
            Assert.Equal(WatchResourcesUpdate.KindOneofCase.Changes, watch.ResponseStream.Current.KindCase);
            Assert.All(watch.ResponseStream.Current.Changes.Value, c => Assert.Equal(WatchResourcesChange.KindOneofCase.Upsert, c.KindCase));
            running = ResourceClient.Resources(watch.ResponseStream.Current).Last(r => r.Name == before.Name);
        }
        Assert.NotNull(running!.StartedAt);
        var url = Assert.Single(running.Urls);
        Assert.Equal(("http", false), (url.EndpointName, url.IsInactive));
        Assert.StartsWith("http://", url.FullUrl, StringComparison.Ordinal);
        Assert.True(running.Environment.Single(v => v.Name == "COLOUR") is { Value: "green", IsFromSpec: true });
        Assert.False(running.Environment.Single(v => v.Name == "PATH").IsFromSpec);
        Assert.Equal(TestHost.DotNet, ResourceClient.Property(running, "executable.path")!.Value.StringValue);
        Assert.True(ResourceClient.Property(running, "executable.args") is { IsSensitive: true, IsHighlighted: true, Value.ListValue.Values.Count: 3 });
    }

    [Fact]
    public async Task A_dashboard_that_comes_back_gets_all_resources_again()
    {
        await using var host = new TestHost(withResourceService: true);
        host.Add("server", "serve");
        await host.StartAsync();
        string name;
        using (var first = await ResourceClient.ConnectAsync(host.Application))
            name = (await first.ReachAsync("server", KnownResourceStates.Running)).Name;
        using var second = await ResourceClient.ConnectAsync(host.Application);
        using var watch = second.Watch();
        Assert.True(await watch.ResponseStream.MoveNext(second.Limit));
        Assert.Equal(name, Assert.Single(watch.ResponseStream.Current.InitialData.Resources).Name);
    }

    [Fact]
    public async Task How_a_process_ended_is_shown()
    {
        await using var host = new TestHost(withResourceService: true);
        host.Add("job", "exit", "3");
        await host.StartAsync();
        using var client = await ResourceClient.ConnectAsync(host.Application);
        var ended = await client.ReachAsync("job", KnownResourceStates.Finished);
        Assert.Equal("error", ended.StateStyle);
        Assert.Equal("3", ResourceClient.Property(ended, "resource.exitCode")!.Value.StringValue);
        Assert.True(ended.StoppedAt >= ended.StartedAt);
    }

    [Fact]
    public async Task A_resource_that_waits_says_for_whom_and_starts_at_once_if_told_to()
    {
        await using var host = new TestHost(withResourceService: true);
        host.Builder.Services.AddHealthChecks().AddCheck("never", () => HealthCheckResult.Unhealthy("not today"));
        var sick = host.Add("sick", "serve").WithHealthCheck("never");
        var late = host.Add("late", "serve").WithExplicitStart();
        var early = host.Add("early", "serve");
        host.Add("client", "serve").WaitFor(sick).WaitForStart(late).WaitForStart(early);
        await host.StartAsync();
        using var client = await ResourceClient.ConnectAsync(host.Application);

        // Who is there already is not waited for any longer.
        var waiting = await client.ReachAsync("client", r => r.State == KnownResourceStates.Waiting && WaitingFor(r) is ["sick", "late"]);
        Assert.Equal(["late", "sick"], waiting.Relationships.Where(r => r.Type == "WaitFor").Select(r => r.ResourceName).Order().Except(["early"]));
        Assert.Equal((ResourceCommandState.Enabled, ResourceCommandState.Hidden, ResourceCommandState.Disabled), (State(waiting, "start"), State(waiting, "stop"), State(waiting, "restart")));

        Assert.Equal(ResourceCommandResponseKind.Succeeded, (await client.ExecuteAsync(waiting.Name, "start")).Kind);
        var running = await client.ReachAsync("client", KnownResourceStates.Running);
        Assert.Null(ResourceClient.Property(running, "resource.waitingFor"));

        static string[] WaitingFor(Resource resource) => [.. ResourceClient.Property(resource, "resource.waitingFor")?.Value.ListValue.Values.Select(v => v.StringValue) ?? []];
        static ResourceCommandState State(Resource resource, string command) => resource.Commands.Single(c => c.Name == command).State;
    }

    [Fact]
    public async Task What_health_checks_say_is_shown()
    {
        await using var host = new TestHost(withResourceService: true);
        host.Builder.Services.AddHealthChecks().AddCheck("mood", () => HealthCheckResult.Degraded("so so"));
        host.Add("server", "serve").WithHealthCheck("mood");
        await host.StartAsync();
        using var client = await ResourceClient.ConnectAsync(host.Application);
        var asked = await client.ReachAsync("server", r => r.HealthReports is [{ HasStatus: true }]);
        Assert.Equal(("mood", Aspire.Hosting.Dashboard.Protocol.HealthStatus.Degraded, "so so"), (asked.HealthReports[0].Key, asked.HealthReports[0].Status, asked.HealthReports[0].Description));
        Assert.NotNull(asked.HealthReports[0].LastRunAt);
        Assert.Equal("Degraded", ResourceClient.Property(asked, "resource.healthState")!.Value.StringValue);
    }

    [Fact]
    public async Task A_child_names_the_process_of_its_parent()
    {
        await using var host = new TestHost(withResourceService: true);
        var child = host.Add("child", "serve").WithExplicitStart();
        host.Add("parent", "serve").WithExplicitStart().WithChildRelationship(child);
        await host.StartAsync();
        using var client = await ResourceClient.ConnectAsync(host.Application);
        using var watch = client.Watch();
        Assert.True(await watch.ResponseStream.MoveNext(client.Limit));
        var resources = watch.ResponseStream.Current.InitialData.Resources.ToDictionary(r => r.DisplayName);
        Assert.Equal(resources["parent"].Name, ResourceClient.Property(resources["child"], "resource.parentName")!.Value.StringValue);
        Assert.Equal(("parent", "Parent"), (resources["child"].Relationships[0].ResourceName, resources["child"].Relationships[0].Type));
        Assert.Null(ResourceClient.Property(resources["parent"], "resource.parentName"));
    }

    [Fact]
    public async Task A_reader_that_falls_behind_is_told_the_last_of_each_resource_and_nothing_piles_up()
    {
        const int Changes = 50_000;
        await using var host = new TestHost(withResourceService: true);
        var busy = host.Add("busy", "serve").WithExplicitStart();
        await host.StartAsync();
        using var feed = host.Notifications.Follow();
        for (var i = 1; i <= Changes; i++)
        {
            var count = i;
            await host.Notifications.PublishUpdateAsync(busy.Resource, s => s with { Properties = s.Properties.With(new ResourcePropertySnapshot("count", count)) });
        }
        var batch = await feed.ReadAllAsync(TestContext.Current.CancellationToken).FirstAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Changes, Assert.Single(batch).Snapshot.Properties.Single(p => p.Name == "count").Value);
    }

    [Fact]
    public async Task The_end_of_the_application_ends_every_stream()
    {
        await using var host = new TestHost(withResourceService: true);
        host.Add("server", "serve");
        await host.StartAsync();
        using var client = await ResourceClient.ConnectAsync(host.Application);
        var name = (await client.ReachAsync("server", KnownResourceStates.Running)).Name;
        using var resources = client.Watch();
        using var logs = client.Logs(name);
        using var questions = client.Calls.WatchInteractions(client.Key, cancellationToken: client.Limit);
        Assert.True(await resources.ResponseStream.MoveNext(client.Limit));
        Assert.True(await logs.ResponseStream.MoveNext(client.Limit));

        await host.StopAsync();
        Assert.Equal(new Status(StatusCode.Unavailable, "The application is stopping."), await EndAsync(resources.ResponseStream));
        Assert.Equal(new Status(StatusCode.Unavailable, "The application is stopping."), await EndAsync(logs.ResponseStream));
        // To a client that may still write, the end is a reset.
        Assert.True((await EndAsync(questions.ResponseStream)).StatusCode is StatusCode.Unavailable or StatusCode.Internal);

        async Task<Status> EndAsync<T>(IAsyncStreamReader<T> stream)
        {
            try
            {
                while (await stream.MoveNext(client.Limit))
                {
                    // What was on its way.
                }
                return Status.DefaultSuccess;
            }
            catch (RpcException ex)
            {
                return new Status(ex.StatusCode, ex.Status.Detail);
            }
        }
    }
}
