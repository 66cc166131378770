using Neo4j.Driver.Bolt;
using Neo4j.Driver.Tests.FakeServer;

namespace Neo4j.Driver.Tests.Sessions;

public sealed class ProtocolVersionTests
{
    [Fact]
    public async Task Bolt_1_has_transactions_as_statements_and_fetches_everything()
    {
        await using var server = new ScriptedServer(async connection =>
        {
            await connection.AgreeAsync(1, 0);
            var init = await connection.ExpectAsync(MessageTag.Hello);
            Assert.StartsWith("neo4j-dotnet/", (string)init.Fields[0], StringComparison.Ordinal);
            Assert.Equal("secret", init.Map(1)["credentials"]);
            await connection.SucceedAsync(("server", "Neo4j/3.1.1"));
            await ExpectStatementAsync(connection, "BEGIN");
            Assert.Empty((await connection.ExpectAsync(MessageTag.Run)).Map(1));
            Assert.Empty((await connection.ExpectAsync(MessageTag.Pull)).Fields);
            await connection.SucceedAsync();
            await connection.SucceedAsync();
            await connection.SucceedAsync(("fields", ScriptedConnection.OneColumn), ("result_available_after", 5));
            await connection.RecordAsync(1);
            await connection.SucceedAsync(("type", "r"), ("result_consumed_after", 7));
            await ExpectStatementAsync(connection, "COMMIT");
            await connection.SucceedAsync();
            await connection.SucceedAsync();
            await connection.WaitForEndAsync();
        });
        await using var driver = server.Driver();
        await using var session = driver.AsyncSession();
        var summary = await session.ExecuteWriteAsync(async transaction =>
        {
            var cursor = await transaction.RunAsync("RETURN 1 AS x");
            Assert.Equal(1L, (await cursor.SingleAsync())["x"]);
            return await cursor.ConsumeAsync();
        });
        Assert.Equal((5.0, 7.0), (summary.ResultAvailableAfter.TotalMilliseconds, summary.ResultConsumedAfter.TotalMilliseconds));
        Assert.Equal(("Neo4j/3.1.1", "1.0"), (summary.Server.Agent, summary.Server.ProtocolVersion));

        static async Task ExpectStatementAsync(ScriptedConnection connection, string statement)
        {
            var run = await connection.ExpectAsync(MessageTag.Run);
            Assert.Equal(statement, run.Fields[0]);
            await connection.ExpectAsync(MessageTag.Discard);
        }
    }

    [Fact]
    public async Task Bolt_1_has_one_database_only()
    {
        await using var server = new ScriptedServer(async connection =>
        {
            await connection.AgreeAsync(1, 0);
            await connection.ExpectAsync(MessageTag.Hello);
            await connection.SucceedAsync();
            await connection.WaitForEndAsync();
        });
        await using var driver = server.Driver();
        Assert.False(await driver.SupportsMultiDbAsync());
        await using var session = driver.AsyncSession(config => config.WithDatabase("other"));
        await Assert.ThrowsAsync<ClientException>(session.BeginTransactionAsync);
        await Assert.ThrowsAsync<ClientException>(() => session.RunAsync("RETURN 1"));
    }

    [Fact]
    public async Task Bolt_4_4_signs_in_with_HELLO()
    {
        await using var server = new ScriptedServer(async connection =>
        {
            await connection.AgreeAsync(4, 4);
            var hello = await connection.ExpectAsync(MessageTag.Hello);
            Assert.Equal("secret", hello.Map(0)["credentials"]);
            await connection.SucceedAsync(("server", "Neo4j/4.4.0"));
            var run = await connection.ExpectAsync(MessageTag.Run);
            Assert.Equal("graph", run.Map(2)["db"]);
            Assert.Equal(1500L, run.Map(2)["tx_timeout"]);
            Assert.Equal(new Dictionary<string, object> { ["app"] = "x" }, run.Map(2)["tx_metadata"]);
            await connection.ExpectAsync(MessageTag.Pull);
            await connection.SucceedAsync(("fields", ScriptedConnection.OneColumn));
            await connection.RecordAsync(1_484_261_697L);
            await connection.SucceedAsync();
            await connection.WaitForEndAsync();
        });
        await using var driver = server.Driver();
        await using var session = driver.AsyncSession(config => config.WithDatabase("graph"));
        var cursor = await session.RunAsync("RETURN timestamp() AS x", action: config => config
            .WithTimeout(TimeSpan.FromMilliseconds(1499.5))
            .WithMetadata(new Dictionary<string, object> { ["app"] = "x" }));
        Assert.Equal(1_484_261_697, (await cursor.SingleAsync())["x"].As<long>());
    }

    [Fact]
    public async Task The_agent_is_told_from_Bolt_5_3()
    {
        await using var server = new ScriptedServer(async connection =>
        {
            await connection.AgreeAsync(5, 3);
            var hello = await connection.ExpectAsync(MessageTag.Hello);
            Assert.Contains("product", Assert.IsType<Dictionary<string, object>>(hello.Map(0)["bolt_agent"]).Keys);
            await connection.ExpectAsync(MessageTag.Logon);
            await connection.SucceedAsync(("server", "Neo4j/5.9.0"));
            await connection.SucceedAsync();
            await connection.ExpectAsync(MessageTag.Reset);
            await connection.SucceedAsync();
            await connection.ExpectAsync(MessageTag.Goodbye);
        });
        await using var driver = server.Driver();
        Assert.Equal("5.3", (await driver.GetServerInfoAsync()).ProtocolVersion);
    }
}
