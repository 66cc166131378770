using Neo4j.Driver.Bolt;
using Neo4j.Driver.Tests.FakeServer;

namespace Neo4j.Driver.Tests.Sessions;

public sealed class SessionRuleTests
{
    [Fact]
    public async Task A_session_has_one_transaction_at_a_time()
    {
        await using var server = new ScriptedServer(async connection =>
        {
            await connection.SignInAsync();
            await connection.ExpectAsync(MessageTag.Begin);
            await connection.SucceedAsync();
            await connection.ExpectAsync(MessageTag.Rollback);
            await connection.SucceedAsync();
            await connection.WaitForEndAsync();
        });
        await using var driver = server.Driver();
        await using var session = driver.AsyncSession();
        await session.BeginTransactionAsync();
        await Assert.ThrowsAsync<TransactionNestingException>(session.BeginTransactionAsync);
        await Assert.ThrowsAsync<TransactionNestingException>(() => session.RunAsync("RETURN 1"));
    }

    [Fact]
    public async Task A_closed_session_and_a_closed_driver_run_nothing()
    {
        await using var server = new ScriptedServer();
        var driver = server.Driver();
        var session = driver.AsyncSession();
        var open = driver.AsyncSession();
        await session.CloseAsync();
        await Assert.ThrowsAsync<ClientException>(() => session.RunAsync("RETURN 1"));
        await driver.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => open.RunAsync("RETURN 1"));
        Assert.Throws<ObjectDisposedException>(driver.AsyncSession);
    }

    [Fact]
    public async Task Work_that_throws_is_rolled_back_and_its_exception_comes_through()
    {
        await using var server = new ScriptedServer(async connection =>
        {
            await connection.SignInAsync();
            await connection.ExpectAsync(MessageTag.Begin);
            await connection.SucceedAsync();
            await connection.AnswerAsync();
            await connection.ExpectAsync(MessageTag.Rollback);
            await connection.SucceedAsync();
            await connection.WaitForEndAsync();
        });
        await using var driver = server.Driver();
        await using var session = driver.AsyncSession();
        await Assert.ThrowsAsync<OperationCanceledException>(() => session.ExecuteWriteAsync(async transaction =>
        {
            await transaction.RunAsync("CREATE (n)");
            throw new OperationCanceledException();
        }));
    }

    [Fact]
    public async Task Bookmarks_of_one_session_start_another()
    {
        await using var server = new ScriptedServer(async connection =>
        {
            await connection.SignInAsync();
            var begin = await connection.ExpectAsync(MessageTag.Begin);
            Assert.Equal(new List<object> { "a", "b" }, begin.Map(0)["bookmarks"]);
            await connection.SucceedAsync();
            await connection.ExpectAsync(MessageTag.Commit);
            await connection.SucceedAsync(("bookmark", "c"));
            await connection.WaitForEndAsync();
        });
        await using var driver = server.Driver();
        await using var session = driver.AsyncSession(config => config.WithBookmarks(Bookmarks.From("a"), Bookmarks.From("b")));
        await using var transaction = await session.BeginTransactionAsync();
        await transaction.CommitAsync();
        Assert.Equal(["c"], session.LastBookmarks.Values);
    }
}
