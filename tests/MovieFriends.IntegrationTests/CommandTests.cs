using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using MovieFriends.IntegrationTests.Infrastructure;
using Xunit;

namespace MovieFriends.IntegrationTests;

/// <summary>The commands that the dashboard offers on resources.</summary>
public sealed class CommandTests(RunningServers servers) : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly string _folder = Directory.CreateTempSubdirectory("moviefriends-run-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Charges_are_sent_and_the_graph_is_verified_by_command()
    {
        await using var scenario = await Scenario.StartAsync(servers, users: 100, Cancellation);
        await using var app = await StartAsync(scenario);
        await HealthyAsync(app, "consumer");

        var sent = await ExecuteAsync(app, "producer", "send-charges");
        Assert.True(sent.Success, sent.Message);
        Assert.Equal(100_000, scenario.ReadTopic(scenario.Topic).Count);

        await Wait.UntilAsync("the consumer has settled them", s_patience, async () => await scenario.LedgerSumAsync() == 100_000, Cancellation);
        var verified = await ExecuteAsync(app, "consumer", "verify");
        Assert.True(verified.Success, verified.Message);
    }

    [Fact]
    public async Task A_graph_that_is_wrong_is_said_to_be_and_the_next_look_is_a_new_one()
    {
        await using var scenario = await Scenario.StartAsync(servers, users: 100, Cancellation);
        await using var app = await StartAsync(scenario);
        await HealthyAsync(app, "consumer");
        await scenario.ProduceAsync(Scenario.Message(Scenario.FirstUser, 1, Scenario.Noon));
        await Wait.UntilAsync("the charge is in the graph", s_patience, async () => await scenario.LedgerSumAsync() == 1, Cancellation);

        await scenario.QueryAsync("MATCH (c:DailyCharge) SET c.amountUSD = 2.0");
        var wrong = await ExecuteAsync(app, "consumer", "verify");
        Assert.False(wrong.Success);
        Assert.Contains("exit code 1", wrong.Message, StringComparison.Ordinal);

        await scenario.QueryAsync("MATCH (c:DailyCharge) SET c.amountUSD = 1.0");
        Assert.True((await ExecuteAsync(app, "consumer", "verify")).Success);
    }

    private static async Task<ExecuteCommandResult> ExecuteAsync(DistributedApplication app, string resource, string command)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        timeout.CancelAfter(s_patience);
        return await app.ResourceCommands.ExecuteCommandAsync(Find(app, resource), command, timeout.Token);
    }

    private static IResource Find(DistributedApplication app, string name) =>
        app.Services.GetRequiredService<DistributedApplicationModel>().Resources.Single(r => r.Name == name);

    private static async Task HealthyAsync(DistributedApplication app, string resource)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        timeout.CancelAfter(s_patience);
        await app.ResourceNotifications.WaitForResourceHealthyAsync(resource, timeout.Token);
    }

    // The producer reads what nobody writes, and ends: what is there is what the test or the command has sent.
    private async Task<DistributedApplication> StartAsync(Scenario scenario)
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.MovieFriends_AppHost>(
            [
                "--Servers=External", "--no-dashboard", $"--AppHost:RunDirectory={_folder}", $"--ConnectionsFile={Path.Combine(_folder, "connections.json")}",
                "--Producer:Users=100", "--Producer:Source=-",
                .. scenario.Settings.Select(setting => $"--{setting.Key.Replace("__", ":", StringComparison.Ordinal)}={setting.Value}"),
            ],
            Cancellation);
        var app = await builder.BuildAsync(Cancellation);
        await app.StartAsync(Cancellation);
        return app;
    }
}
