using System.Globalization;
using System.Net;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using MovieFriends.IntegrationTests.Infrastructure;
using Xunit;

namespace MovieFriends.IntegrationTests;

/// <summary>The whole application as the AppHost puts it together, and what a person starts in it by hand.</summary>
public sealed class CommandTests(RunningServers servers) : IDisposable
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(3);

    private readonly string _folder = Directory.CreateTempSubdirectory("moviefriends-run-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    [Trait(Suite.Trait, Suite.Slow)]
    public async Task Charges_are_sent_and_the_graph_is_verified_by_the_start_command_each_time_anew()
    {
        // The AppHost's seeder builds the graph; what waits for it begins after it.
        await using var scenario = await Scenario.StartAsync(servers, users: 100, Cancellation, seed: false);
        await using var app = await StartAsync(scenario);
        await HealthyAsync(app, "consumer");
        Assert.Equal(0, (await EndedAsync(app, "seeder", state => state.ExitCode is not null)).ExitCode);

        Assert.Equal(0, await StartToEndAsync(app, "producer-burst"));
        Assert.Equal(100_000, scenario.ReadTopic(scenario.Topic).Count);
        await Wait.UntilAsync("the consumer has settled them", s_timeout, async () => await scenario.LedgerSumAsync() == 100_000, Cancellation);
        Assert.Equal(0, await StartToEndAsync(app, "verifier"));

        await scenario.QueryAsync("MATCH (c:DailyCharge) WITH c LIMIT 1 SET c.asItWas = c.amountUSD, c.amountUSD = -1.0");
        Assert.Equal(1, await StartToEndAsync(app, "verifier"));
        await scenario.QueryAsync("MATCH (c:DailyCharge {amountUSD: -1.0}) SET c.amountUSD = c.asItWas REMOVE c.asItWas");
        Assert.Equal(0, await StartToEndAsync(app, "verifier"));

        // What the AppHost gives them to listen on is this machine's alone.
        Assert.True(app.ResourceNotifications.TryGetCurrentState("consumer", out var consumer));
        var pid = Convert.ToInt32(consumer.Snapshot.Properties.Single(p => p.Name == "executable.pid").Value, CultureInfo.InvariantCulture);
        if (OperatingSystem.IsLinux())
        {
            var sockets = ListeningSockets.Of(pid);
            Assert.NotEmpty(sockets);
            Assert.All(sockets, socket => Assert.True(IPAddress.IsLoopback(socket.Address.Address), $"process {socket.Process} listens on {socket.Address}"));
        }
    }

    /// <summary>Starts a resource by the command that every dashboard offers.</summary>
    /// <returns>Its exit code.</returns>
    private static async Task<int?> StartToEndAsync(DistributedApplication app, string name)
    {
        var before = app.ResourceNotifications.TryGetCurrentState(name, out var current) ? current.Snapshot.StopTimeStamp : null;
        var resource = app.Services.GetRequiredService<DistributedApplicationModel>().Resources.Single(r => r.Name == name);
        var result = await app.ResourceCommands.ExecuteCommandAsync(resource, KnownResourceCommands.StartCommand, Cancellation);
        Assert.True(result.Success, result.Message);
        return (await EndedAsync(app, name, state => state.ExitCode is not null && state.StopTimeStamp is { } stopped && stopped != before)).ExitCode;
    }

    private static async Task<CustomResourceSnapshot> EndedAsync(DistributedApplication app, string name, Func<CustomResourceSnapshot, bool> hasEnded)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        timeout.CancelAfter(s_timeout);
        try
        {
            return (await app.ResourceNotifications.WaitForResourceAsync(name, state => hasEnded(state.Snapshot), timeout.Token)).Snapshot;
        }
        catch (OperationCanceledException) when (!Cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"Within {s_timeout.TotalSeconds:0} s it did not happen: the {name} ends.");
        }
    }

    private static async Task HealthyAsync(DistributedApplication app, string name)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        timeout.CancelAfter(s_timeout);
        await app.ResourceNotifications.WaitForResourceHealthyAsync(name, timeout.Token);
    }

    // The producer reads an empty file, and ends: what is there is what was sent by hand.
    private async Task<DistributedApplication> StartAsync(Scenario scenario)
    {
        var nothing = Path.Combine(_folder, "nothing.csv");
        await File.WriteAllTextAsync(nothing, "", Cancellation);
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.MovieFriends_AppHost>(
            [
                "--Servers=External", "--no-dashboard", $"--ConnectionsFile={Path.Combine(_folder, "connections.json")}",
                "--Producer:Users=100", $"--Producer:Source={nothing}",
                .. scenario.Settings.Select(setting => $"--{setting.Key.Replace("__", ":", StringComparison.Ordinal)}={setting.Value}"),
            ],
            Cancellation);
        var app = await builder.BuildAsync(Cancellation);
        await app.StartAsync(Cancellation);
        return app;
    }
}
