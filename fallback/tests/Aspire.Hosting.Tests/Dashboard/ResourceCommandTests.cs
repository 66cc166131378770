using Aspire.Hosting.Dashboard.Protocol;
using Resource = Aspire.Hosting.Dashboard.Protocol.Resource;

namespace Aspire.Hosting.Tests.Dashboard;

public sealed class ResourceCommandTests
{
    [Fact]
    public async Task A_command_of_the_application_is_offered_as_it_was_described()
    {
        await using var host = new TestHost(withResourceService: true);
        host.Add("server", "serve").WithExplicitStart()
            .WithCommand("refill", "Refill", _ => Task.FromResult(CommandResults.Success()), new CommandOptions
            {
                Description = "Puts all of it back",
                ConfirmationMessage = "Really?",
                IconName = "Drop",
                IconVariant = ApplicationModel.IconVariant.Filled,
                IsHighlighted = true,
                UpdateState = c => c.ResourceSnapshot.State?.Text == KnownResourceStates.Running ? ApplicationModel.ResourceCommandState.Enabled : ApplicationModel.ResourceCommandState.Disabled,
            })
            .WithCommand("for-programs", "Hidden", _ => Task.FromResult(CommandResults.Success()), new CommandOptions { Visibility = ResourceCommandVisibility.Api })
            .WithCommand("broken", "Broken", _ => Task.FromResult(CommandResults.Success()), new CommandOptions { UpdateState = _ => throw new InvalidOperationException("no idea") });
        await host.StartAsync();
        using var client = await ResourceClient.ConnectAsync(host.Application);

        var before = await client.ReachAsync("server", KnownResourceStates.NotStarted);
        Assert.Equal(["refill", "broken", "start", "stop", "restart"], before.Commands.Select(c => c.Name));
        var command = before.Commands[0];
        Assert.Equal(("Refill", "Puts all of it back", "Really?"), (command.DisplayName, command.DisplayDescription, command.ConfirmationMessage));
        Assert.Equal(("Drop", Aspire.Hosting.Dashboard.Protocol.IconVariant.Filled, true), (command.IconName, command.IconVariant, command.IsHighlighted));
        Assert.Equal(Aspire.Hosting.Dashboard.Protocol.ResourceCommandState.Disabled, command.State);
        Assert.Equal(Aspire.Hosting.Dashboard.Protocol.ResourceCommandState.Disabled, before.Commands[1].State);

        await client.ExecuteAsync(before.Name, "start");
        var running = await client.ReachAsync("server", KnownResourceStates.Running);
        Assert.Equal(Aspire.Hosting.Dashboard.Protocol.ResourceCommandState.Enabled, running.Commands[0].State);
    }

    [Fact]
    public async Task A_command_is_executed_and_its_result_comes_back()
    {
        await using var host = new TestHost(withResourceService: true);
        var given = new TaskCompletionSource<ExecuteCommandContext>();
        host.Add("server", "serve").WithExplicitStart()
            .WithCommand("count", "Count", context =>
            {
                given.SetResult(context);
                return Task.FromResult(CommandResults.Success("Counted.", "{\"count\":3}", ApplicationModel.CommandResultFormat.Json, displayImmediately: true));
            });
        await host.StartAsync();
        using var client = await ResourceClient.ConnectAsync(host.Application);
        var name = (await client.ReachAsync("server", KnownResourceStates.NotStarted)).Name;
        var response = await client.ExecuteAsync(name, "count");
        Assert.Equal((ResourceCommandResponseKind.Succeeded, "Counted."), (response.Kind, response.Message));
        Assert.Equal(("{\"count\":3}", Aspire.Hosting.Dashboard.Protocol.CommandResultFormat.Json, true), (response.Result.Value, response.Result.Format, response.Result.DisplayImmediately));
        Assert.Equal(name, (await given.Task).ResourceName);
        Assert.Contains("Command 'count' was given.", await host.LogAsync("server"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fail", "Failed", "It is empty.")]
    [InlineData("throw", "Failed", "It broke.")]
    [InlineData("cancel", "Cancelled", "")]
    [InlineData("unheard-of", "Failed", "The resource 'server' has no command 'unheard-of'.")]
    public async Task A_command_that_fails_says_why(string command, string kind, string message)
    {
        await using var host = new TestHost(withResourceService: true);
        host.Add("server", "serve").WithExplicitStart()
            .WithCommand("fail", "Fail", _ => Task.FromResult(CommandResults.Failure("It is empty.")))
            .WithCommand("throw", "Throw", _ => throw new InvalidOperationException("It broke."))
            .WithCommand("cancel", "Cancel", _ => Task.FromResult(CommandResults.Canceled()));
        await host.StartAsync();
        using var client = await ResourceClient.ConnectAsync(host.Application);
        var response = await client.ExecuteAsync((await client.ReachAsync("server", KnownResourceStates.NotStarted)).Name, command);
        Assert.Equal((kind, message), (response.Kind.ToString(), response.Message));
    }

    [Fact]
    public async Task A_command_to_nobody_or_with_arguments_is_refused()
    {
        await using var host = new TestHost(withResourceService: true);
        host.Add("server", "serve").WithExplicitStart();
        await host.StartAsync();
        using var client = await ResourceClient.ConnectAsync(host.Application);
        var unknown = await client.ExecuteAsync("nobody", "start");
        Assert.Equal((ResourceCommandResponseKind.Failed, "There is no resource 'nobody'."), (unknown.Kind, unknown.Message));

        var request = new ResourceCommandRequest { ResourceName = "server", CommandName = "start" };
        request.Arguments["speed"] = Google.Protobuf.WellKnownTypes.Value.ForNumber(3);
        var arguments = await client.Calls.ExecuteResourceCommandAsync(request, client.Key, cancellationToken: client.Limit);
        Assert.Equal(ResourceCommandResponseKind.Failed, arguments.Kind);
        Assert.Equal(KnownResourceStates.NotStarted, (await client.ReachAsync("server", _ => true)).State);
    }

    [Fact]
    public async Task A_resource_is_stopped_started_and_restarted_by_command()
    {
        await using var host = new TestHost(withResourceService: true);
        host.Add("server", "serve");
        await host.StartAsync();
        using var client = await ResourceClient.ConnectAsync(host.Application);
        var first = await client.ReachAsync("server", KnownResourceStates.Running);

        var stopped = await client.ExecuteAsync(first.Name, "stop");
        Assert.Equal((ResourceCommandResponseKind.Succeeded, "Resource 'server' was stopped."), (stopped.Kind, stopped.Message));
        await client.ReachAsync("server", KnownResourceStates.Exited);
        await client.ExecuteAsync(first.Name, "start");
        var second = await client.ReachAsync("server", KnownResourceStates.Running);
        await client.ExecuteAsync(first.Name, "restart");
        var third = await client.ReachAsync("server", r => r.State == KnownResourceStates.Running && ProcessId(r) != ProcessId(second));
        Assert.Equal(3, new[] { first, second, third }.Select(ProcessId).Distinct().Count());

        static string ProcessId(Resource resource) => ResourceClient.Property(resource, "executable.pid")!.Value.StringValue;
    }
}
