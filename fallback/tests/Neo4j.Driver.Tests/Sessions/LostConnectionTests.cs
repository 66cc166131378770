using Neo4j.Driver.Bolt;
using Neo4j.Driver.Tests.FakeServer;

namespace Neo4j.Driver.Tests.Sessions;

public sealed class LostConnectionTests
{
    [Fact]
    public async Task A_commit_without_an_answer_is_reported_as_unknown()
    {
        await using var server = new ScriptedServer(CutAfterCommitAsync);
        await using var driver = server.Driver();
        await using var session = driver.AsyncSession();
        await using var transaction = await session.BeginTransactionAsync();
        await (await transaction.RunAsync("CREATE (n)")).ConsumeAsync();
        var error = await Assert.ThrowsAsync<ServiceUnavailableException>(transaction.CommitAsync);
        Assert.True(error.IsRetriable);
        await Assert.ThrowsAsync<TransactionTerminatedException>(transaction.CommitAsync);
        await transaction.RollbackAsync();

        static async Task CutAfterCommitAsync(ScriptedConnection connection)
        {
            await connection.SignInAsync();
            await connection.ExpectAsync(MessageTag.Begin);
            await connection.SucceedAsync();
            await connection.AnswerAsync();
            await connection.ExpectAsync(MessageTag.Commit);
            connection.Cut();
        }
    }

    [Fact]
    public async Task A_managed_transaction_whose_commit_got_no_answer_runs_again()
    {
        await using var server = new ScriptedServer(CutAfterCommitAsync, CommitAsync);
        await using var driver = server.Driver();
        await using var session = driver.AsyncSession();
        var attempts = 0;
        var value = await session.ExecuteWriteAsync(async transaction =>
        {
            attempts++;
            return (await (await transaction.RunAsync("RETURN 1 AS x")).SingleAsync())["x"].As<int>();
        });
        Assert.Equal((2, 1), (attempts, value));
        Assert.Equal(["bookmark:1"], session.LastBookmarks.Values);

        static async Task CutAfterCommitAsync(ScriptedConnection connection)
        {
            await connection.SignInAsync();
            await connection.ExpectAsync(MessageTag.Begin);
            await connection.SucceedAsync();
            await connection.AnswerAsync(1);
            await connection.ExpectAsync(MessageTag.Commit);
            connection.Cut();
        }

        static async Task CommitAsync(ScriptedConnection connection)
        {
            await connection.SignInAsync();
            await connection.ExpectAsync(MessageTag.Begin);
            await connection.SucceedAsync();
            await connection.AnswerAsync(1);
            await connection.ExpectAsync(MessageTag.Commit);
            await connection.SucceedAsync(("bookmark", "bookmark:1"));
            await connection.WaitForEndAsync();
        }
    }

    [Fact]
    public async Task Records_that_arrived_before_the_connection_was_cut_are_read_and_then_the_failure()
    {
        await using var server = new ScriptedServer(async connection =>
        {
            await connection.SignInAsync();
            await connection.ExpectAsync(MessageTag.Run);
            await connection.ExpectAsync(MessageTag.Pull);
            await connection.SucceedAsync(("fields", ScriptedConnection.OneColumn));
            await connection.RecordAsync(1);
            await connection.RecordAsync(2);
        });
        await using var driver = server.Driver();
        await using var session = driver.AsyncSession();
        var cursor = await session.RunAsync("UNWIND [1, 2, 3] AS x RETURN x");
        Assert.True(await cursor.FetchAsync());
        Assert.True(await cursor.FetchAsync());
        Assert.Equal(2L, cursor.Current["x"]);
        await Assert.ThrowsAsync<ServiceUnavailableException>(cursor.FetchAsync);
    }

    [Fact]
    public async Task A_server_that_falls_silent_is_given_up_after_the_time_it_announced()
    {
        await using var server = new ScriptedServer(async connection =>
        {
            await connection.SignInAsync(new Dictionary<string, object> { ["connection.recv_timeout_seconds"] = 1L });
            await connection.ExpectAsync(MessageTag.Run);
            await connection.WaitForEndAsync();
        });
        await using var driver = server.Driver();
        await using var session = driver.AsyncSession();
        var cursor = await session.RunAsync("RETURN 1");
        var error = await Assert.ThrowsAsync<ConnectionReadTimeoutException>(cursor.FetchAsync);
        Assert.True(error.IsRetriable);
    }

    [Fact]
    public async Task An_unused_connection_that_the_server_has_closed_is_replaced_unnoticed()
    {
        var closed = new TaskCompletionSource();
        await using var server = new ScriptedServer(AnswerAndLeaveAsync, AnswerAsync);
        await using var driver = server.Driver();
        await using var session = driver.AsyncSession();
        Assert.Equal(1L, (await (await session.RunAsync("RETURN 1")).SingleAsync())[0]);
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.Equal(2L, (await (await session.RunAsync("RETURN 2")).SingleAsync())[0]);

        async Task AnswerAndLeaveAsync(ScriptedConnection connection)
        {
            await connection.SignInAsync();
            await connection.AnswerAsync(1);
            connection.Dispose();
            closed.SetResult();
        }

        static async Task AnswerAsync(ScriptedConnection connection)
        {
            await connection.SignInAsync();
            await connection.AnswerAsync(2);
            await connection.WaitForEndAsync();
        }
    }

    [Fact]
    public async Task A_server_that_never_answers_the_handshake_is_given_up_after_the_connection_timeout()
    {
        await using var server = new ScriptedServer(connection => connection.WaitForEndAsync());
        await using var driver = server.Driver(config => config.WithConnectionTimeout(TimeSpan.FromMilliseconds(200)));
        var error = await Assert.ThrowsAsync<ServiceUnavailableException>(driver.VerifyConnectivityAsync);
        Assert.Contains("within", error.Message, StringComparison.Ordinal);
    }
}
