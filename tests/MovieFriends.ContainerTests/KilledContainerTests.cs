using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Neo4j.Driver;

namespace MovieFriends.ContainerTests;

/// <summary>The database's container is killed under the stream, and started again.</summary>
[Trait(Suite.Trait, Suite.Containers)]
public sealed class KilledContainerTests
{
    // The database is started twice, which takes half a minute each time beside another suite on two cores.
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(300);

    [Fact]
    public async Task The_stream_goes_on_when_the_database_is_back()
    {
        await Engine.RequireAsync();
        await using var run = new TemporaryRun();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(s_timeout);
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.MovieFriends_AppHost>(
            [
                "--Servers=Containers", $"--Containers:Volumes={run.Volumes}", $"--ConnectionsFile={Path.Combine(run.Folder, "connections.json")}",
                "--Seeder:Users=1000", "--Producer:Users=1000", "--Producer:Rate=50",
            ],
            limit.Token);
        await using var app = await builder.BuildAsync(limit.Token);
        await app.StartAsync(limit.Token);
        var states = app.Services.GetRequiredService<ResourceNotificationService>();
        await states.WaitForResourceHealthyAsync("consumer", limit.Token);
        var before = await ChargesAfterAsync(app, 0, limit.Token);

        await Engine.AskAsync("kill", Assert.Single(await Engine.ContainersOfAsync(run.GraphVolume)));
        await states.WaitForResourceAsync("graph", KnownResourceStates.TerminalStates, limit.Token);
        var started = await app.Services.GetRequiredService<ResourceCommandService>().ExecuteCommandAsync("graph", KnownResourceCommands.StartCommand, limit.Token);
        Assert.True(started.Success);
        await states.WaitForResourceHealthyAsync("graph", limit.Token);
        Assert.InRange(await ChargesAfterAsync(app, before, limit.Token), before + 1, long.MaxValue);
        await app.StopAsync(limit.Token);
        await app.DisposeAsync();
    }

    /// <summary>Asks until there are more charges than those.</summary>
    private static async Task<long> ChargesAfterAsync(DistributedApplication app, long count, CancellationToken cancellationToken)
    {
        var connection = (await app.GetConnectionStringAsync("graph", cancellationToken))!.Split(';').Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => part[1]);
        await using var driver = GraphDatabase.Driver(new Uri(connection["Endpoint"]), AuthTokens.Basic(connection["Username"], connection["Password"]));
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        long found;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            await using var session = driver.AsyncSession();
            var cursor = await session.RunAsync("MATCH (c:DailyCharge) RETURN count(c) AS n");
            found = (await cursor.SingleAsync())["n"].As<long>();
        }
        while (found <= count && await pause.WaitForNextTickAsync(cancellationToken));
        return found;
    }
}
