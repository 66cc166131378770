using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Tests;

public sealed class WaitTests
{
    [Fact]
    public async Task A_resource_starts_when_the_one_it_waits_for_is_healthy()
    {
        await using var host = new TestHost();
        var healthy = false;
        host.Builder.Services.AddHealthChecks().AddCheck("switch", () => Volatile.Read(ref healthy) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("not yet"));
        var server = host.Add("server", "serve").WithHealthCheck("switch");
        host.Add("client", "exit", "0").WaitFor(server);
        await host.StartAsync();

        using var limit = new CancellationTokenSource(TestHost.Limit);
        await host.Notifications.WaitForResourceAsync("server", e => e.Snapshot.HealthStatus == HealthStatus.Unhealthy && e.Snapshot.HealthReports[0].Description == "not yet", limit.Token);
        Assert.Equal(KnownResourceStates.Waiting, (await host.ReachAsync("client", KnownResourceStates.Waiting)).State!.Text);
        Volatile.Write(ref healthy, true);
        Assert.Equal(0, (await host.ReachAsync("client", KnownResourceStates.Finished)).ExitCode);
    }

    [Fact]
    public async Task An_http_health_check_asks_the_endpoint()
    {
        await using var host = new TestHost();
        var server = host.Add("server", "serve").WithHttpEndpoint().WithHttpHealthCheck("/health");
        server.WithEnvironment("ASPNETCORE_URLS", server.GetEndpoint("http"));
        var sick = host.Add("sick", "serve", "unhealthy").WithHttpEndpoint().WithHttpHealthCheck("/health");
        sick.WithEnvironment("ASPNETCORE_URLS", sick.GetEndpoint("http"));
        await host.StartAsync();

        using var limit = new CancellationTokenSource(TestHost.Limit);
        await host.Notifications.WaitForResourceHealthyAsync("server", limit.Token);
        var report = await host.Notifications.WaitForResourceAsync("sick", e => e.Snapshot.HealthReports.Any(r => r.Description?.Contains("503", StringComparison.Ordinal) == true), limit.Token);
        Assert.Equal(HealthStatus.Unhealthy, report.Snapshot.HealthStatus);
    }

    [Fact]
    public void An_http_health_check_without_an_endpoint_is_refused()
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { DisableDashboard = true });
        var refused = Assert.Throws<DistributedApplicationException>(() => builder.AddExecutable("server", "x", ".").WithHttpHealthCheck("/health"));
        Assert.Contains("'server'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_resource_starts_when_the_one_it_waits_for_has_completed()
    {
        await using var host = new TestHost();
        var job = host.Add("job", "exit", "3");
        host.Add("next", "exit", "0").WaitForCompletion(job, exitCode: 3);
        await host.StartAsync();
        Assert.Equal(0, (await host.ReachAsync("next", KnownResourceStates.Finished)).ExitCode);
        Assert.Equal(3, (await host.ReachAsync("job", KnownResourceStates.Finished)).ExitCode);
    }

    [Fact]
    public async Task A_wrong_exit_code_fails_the_one_that_waits_and_says_why()
    {
        await using var host = new TestHost();
        var job = host.Add("job", "exit", "3");
        var next = host.Add("next", "exit", "0").WaitForCompletion(job);
        host.Add("last", "exit", "0").WaitForCompletion(next);
        await host.StartAsync();
        await host.ReachAsync("next", KnownResourceStates.FailedToStart);
        Assert.Contains("exit code 3, not 0", await host.LogAsync("next"), StringComparison.Ordinal);
        await host.ReachAsync("last", KnownResourceStates.FailedToStart);
    }

    [Fact]
    public async Task A_dependency_that_ends_too_early_fails_the_one_that_waits()
    {
        await using var host = new TestHost();
        host.Builder.Services.AddHealthChecks().AddCheck("never", () => HealthCheckResult.Unhealthy());
        var server = host.Add("server", "exit", "1").WithHealthCheck("never");
        host.Add("client", "exit", "0").WaitFor(server);
        await host.StartAsync();
        await host.ReachAsync("client", KnownResourceStates.FailedToStart);
        Assert.Contains("'server', which it waits for, is in state 'Finished' with exit code 1", await host.LogAsync("client"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_waits_on_waits_for_a_restart()
    {
        await using var host = new TestHost();
        var flag = Path.Combine(host.Folder, "healthy");
        host.Builder.Services.AddHealthChecks().AddCheck("file", () => File.Exists(flag) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy());
        var server = host.Add("server", "serve").WithHealthCheck("file");
        host.Add("client", "exit", "0").WaitFor(server, WaitBehavior.WaitOnResourceUnavailable);
        await host.StartAsync();
        await host.ReachAsync("server", KnownResourceStates.Running);
        Assert.True((await host.Application.ResourceCommands.ExecuteCommandAsync(server.Resource, KnownResourceCommands.StopCommand, TestContext.Current.CancellationToken)).Success);
        await host.ReachAsync("server", KnownResourceStates.Exited);
        await File.WriteAllTextAsync(flag, "", TestContext.Current.CancellationToken);
        Assert.True((await host.Application.ResourceCommands.ExecuteCommandAsync(server.Resource, KnownResourceCommands.StartCommand, TestContext.Current.CancellationToken)).Success);
        Assert.Equal(0, (await host.ReachAsync("client", KnownResourceStates.Finished)).ExitCode);
    }

    [Fact]
    public void A_resource_cannot_wait_for_itself()
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { DisableDashboard = true });
        var resource = builder.AddExecutable("self", "x", ".");
        Assert.Throws<DistributedApplicationException>(() => resource.WaitFor(resource));
    }
}
