using Neo4j.Driver.Bolt;
using Neo4j.Driver.Tests.FakeServer;

namespace Neo4j.Driver.Tests.Connections;

public sealed class ConnectionPoolTests
{
    [Fact]
    public async Task A_connection_is_used_again_without_a_reset_when_nothing_went_wrong()
    {
        await using var server = new ScriptedServer(async connection =>
        {
            await connection.SignInAsync();
            await connection.AnswerAsync(1);
            await connection.AnswerAsync(2);
            await connection.WaitForEndAsync();
        });
        await using var driver = server.Driver();
        Assert.Equal(1, await AskAsync(driver));
        Assert.Equal(2, await AskAsync(driver));
    }

    [Fact]
    public async Task Nobody_waits_longer_than_configured_for_a_free_connection()
    {
        await using var server = new ScriptedServer(async connection =>
        {
            await connection.SignInAsync();
            await connection.ExpectAsync(MessageTag.Begin);
            await connection.SucceedAsync();
            await connection.WaitForEndAsync();
        });
        await using var driver = server.Driver(config => config
            .WithMaxConnectionPoolSize(1)
            .WithConnectionAcquisitionTimeout(TimeSpan.FromMilliseconds(100)));
        var holder = driver.AsyncSession();
        await holder.BeginTransactionAsync();
        await using var session = driver.AsyncSession();
        var error = await Assert.ThrowsAsync<ClientException>(() => session.RunAsync("RETURN 1"));
        Assert.Contains("within", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_past_its_lifetime_is_replaced()
    {
        await using var server = new ScriptedServer(AnswerOnceAsync, AnswerOnceAsync);
        var time = new InstantTime();
        await using var driver = server.Driver(config => config.WithMaxConnectionLifetime(TimeSpan.FromMinutes(10)), time);
        await AskAsync(driver);
        time.Advance(TimeSpan.FromMinutes(11));
        await AskAsync(driver);
    }

    [Fact]
    public async Task A_connection_unused_for_too_long_is_replaced()
    {
        await using var server = new ScriptedServer(AnswerOnceAsync, AnswerOnceAsync);
        var time = new InstantTime();
        await using var driver = server.Driver(config => config.WithConnectionIdleTimeout(TimeSpan.FromMinutes(1)), time);
        await AskAsync(driver);
        time.Advance(TimeSpan.FromMinutes(2));
        await AskAsync(driver);
    }

    [Fact]
    public async Task A_connection_unused_for_a_while_is_tried_before_it_is_used()
    {
        await using var server = new ScriptedServer(async connection =>
        {
            await connection.SignInAsync();
            await connection.AnswerAsync(1);
            await connection.ExpectAsync(MessageTag.Reset);
            await connection.SucceedAsync();
            await connection.AnswerAsync(2);
            await connection.WaitForEndAsync();
        });
        var time = new InstantTime();
        await using var driver = server.Driver(config => config.WithConnectionLivenessCheckTimeout(TimeSpan.FromMinutes(1)), time);
        await AskAsync(driver);
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(2, await AskAsync(driver));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_unavailable()
    {
        var server = new ScriptedServer();
        var uri = server.Uri;
        await server.DisposeAsync();
        await using var driver = GraphDatabase.Driver(uri, AuthTokens.None);
        var error = await Assert.ThrowsAsync<ServiceUnavailableException>(driver.VerifyConnectivityAsync);
        Assert.True(error.IsRetriable);
        Assert.False(await driver.TryVerifyConnectivityAsync());
    }

    private static async Task AnswerOnceAsync(ScriptedConnection connection)
    {
        await connection.SignInAsync();
        await connection.AnswerAsync(1);
        await connection.WaitForEndAsync();
    }

    private static async Task<int> AskAsync(DirectDriver driver)
    {
        await using var session = driver.AsyncSession();
        return (await (await session.RunAsync("RETURN 1 AS x")).SingleAsync())["x"].As<int>();
    }
}
