using System.Net.Sockets;
using System.Net;
using Aspire.Hosting.Processes;

namespace Aspire.Hosting.Tests;

public sealed class ProcessTests
{
    [Fact]
    public async Task Processes_stop_in_the_order_of_their_dependencies()
    {
        await using var host = new TestHost();
        var journal = Path.Combine(host.Folder, "journal");
        var database = Serve("database");
        var broker = Serve("broker").WaitForStart(database);
        Serve("service").WaitForStart(broker).WaitForStart(database);
        await host.StartAsync();
        foreach (var name in (string[])["database", "broker", "service"])
            await host.WaitForLineAsync(name, "serving");
        await host.StopAsync();
        Assert.Equal(
            ["service stopping", "service stopped", "broker stopping", "broker stopped", "database stopping", "database stopped"],
            await File.ReadAllLinesAsync(journal, TestContext.Current.CancellationToken));

        IResourceBuilder<ExecutableResource> Serve(string name) => host.Add(name, "serve", journal).WithEnvironment("WORKER_NAME", name);
    }

    [Fact]
    public async Task A_process_that_does_not_end_when_asked_is_killed_with_its_children()
    {
        await using var host = new TestHost();
        host.Add("parent", "parent", TestHost.DotNet, TestHost.Worker);
        await host.StartAsync();
        await host.WaitForLineAsync("parent", "deaf");
        var log = await host.LogAsync("parent");
        var child = int.Parse(log[(log.IndexOf("child ", StringComparison.Ordinal) + 6)..].Split('\n')[0], System.Globalization.CultureInfo.InvariantCulture);
        var identity = new ProcessIdentity(child, ProcessIdentity.StartTimeOf(child)!.Value);
        Assert.True(identity.IsAlive);
        await host.StopAsync();
        await Until(() => !identity.IsAlive, "the child is gone");
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_named()
    {
        await using var host = new TestHost();
        host.Builder.AddExecutable("ghost", "no-such-program", host.Folder);
        await host.StartAsync();
        await host.ReachAsync("ghost", KnownResourceStates.FailedToStart);
        Assert.Contains("'no-such-program' cannot be started", await host.LogAsync("ghost"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fixed_port_that_is_taken_is_named()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        await using var host = new TestHost();
        host.Add("server", "serve").WithHttpEndpoint(port: port);
        await host.StartAsync();
        await host.ReachAsync("server", KnownResourceStates.FailedToStart);
        Assert.Contains($"Port {port}", await host.LogAsync("server"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Endpoints_get_different_free_ports()
    {
        await using var host = new TestHost();
        var server = host.Add("server", "exit", "0").WithHttpEndpoint(name: "a").WithHttpEndpoint(name: "b").WithEndpoint(name: "c", scheme: "bolt");
        await host.StartAsync();
        var ports = server.Resource.GetEndpoints().Select(e => e.Port).ToArray();
        Assert.Equal(3, ports.Distinct().Count());
        Assert.All(ports, p => Assert.True(LoopbackPort.IsFree(p)));
    }

    [Fact]
    public async Task A_resource_with_explicit_start_starts_on_command_only()
    {
        await using var host = new TestHost();
        var job = host.Add("job", "exit", "0").WithExplicitStart();
        await host.StartAsync();
        Assert.Equal(KnownResourceStates.NotStarted, (await host.ReachAsync("job", KnownResourceStates.NotStarted, KnownResourceStates.Running)).State!.Text);
        var result = await host.Application.ResourceCommands.ExecuteCommandAsync("job", KnownResourceCommands.StartCommand, TestContext.Current.CancellationToken);
        Assert.True(result.Success, result.Message);
        await host.ReachAsync("job", KnownResourceStates.Finished);
    }

    [Fact]
    public async Task A_resource_that_has_just_ended_starts_again_on_command()
    {
        await using var host = new TestHost();
        var ends = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var starts = 0;
        var job = host.Add("job", "exit", "0")
            .OnBeforeResourceStarted((_, _, _) => Task.FromResult(Interlocked.Increment(ref starts)))
            .OnResourceStopped((_, _, _) => ends.Task);
        await host.StartAsync();
        await host.ReachAsync("job", KnownResourceStates.Finished);

        // The end is known, but what belongs to it is still being done.
        var command = host.Application.ResourceCommands.ExecuteCommandAsync(job.Resource, KnownResourceCommands.StartCommand, TestContext.Current.CancellationToken);
        ends.SetResult();

        Assert.True((await command).Success);
        await Until(() => starts == 2, "the second start");
    }

    [Fact]
    public async Task Containers_are_refused_with_the_reason()
    {
        await using var host = new TestHost();
        var container = host.Builder.AddContainer("box", "busybox");
        host.Add("client", "exit", "0").WaitFor(container);
        await host.StartAsync();
        await host.ReachAsync("box", KnownResourceStates.FailedToStart);
        Assert.Contains("starts no containers", await host.LogAsync("box"), StringComparison.Ordinal);
        await host.ReachAsync("client", KnownResourceStates.FailedToStart);
    }

    [Fact]
    public async Task The_handlers_of_a_resource_are_called_in_order()
    {
        await using var host = new TestHost();
        var calls = new System.Collections.Concurrent.ConcurrentQueue<string>();
        host.Builder.OnBeforeStart((_, _) => Call("before start"));
        host.Add("job", "serve")
            .OnResourceEndpointsAllocated((_, _, _) => Call("allocated"))
            .OnBeforeResourceStarted((_, _, _) => Call("starting"))
            .OnResourceReady((_, _, _) => Call("ready"))
            .OnResourceStopped((_, _, _) => Call("stopped"));
        await host.StartAsync();
        using var limit = new CancellationTokenSource(TestHost.Limit);
        await host.Notifications.WaitForResourceHealthyAsync("job", limit.Token);
        await host.StopAsync();
        Assert.Equal(["before start", "allocated", "starting", "ready", "stopped"], calls);

        Task Call(string name)
        {
            calls.Enqueue(name);
            return Task.CompletedTask;
        }
    }

    internal static async Task Until(Func<bool> condition, string what)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        using var limit = new CancellationTokenSource(TestHost.Limit);
        while (!condition())
        {
            try
            {
                await timer.WaitForNextTickAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"Not in time: {what}.");
            }
        }
    }
}
