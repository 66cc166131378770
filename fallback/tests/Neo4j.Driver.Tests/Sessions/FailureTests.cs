using Neo4j.Driver.Bolt;
using Neo4j.Driver.Tests.FakeServer;

namespace Neo4j.Driver.Tests.Sessions;

public sealed class FailureTests
{
    private const string Deadlock = "Neo.TransientError.Transaction.DeadlockDetected";
    private const string Syntax = "Neo.ClientError.Statement.SyntaxError";

    [Fact]
    public async Task After_a_failure_what_follows_is_ignored_until_the_connection_is_reset()
    {
        await using var server = new ScriptedServer(async connection =>
        {
            await connection.SignInAsync();
            await connection.ExpectAsync(MessageTag.Run);
            await connection.ExpectAsync(MessageTag.Pull);
            await connection.FailAsync(Syntax);
            await connection.IgnoreAsync();
            await connection.ExpectAsync(MessageTag.Reset);
            await connection.SucceedAsync();
            await connection.AnswerAsync(42);
            await connection.WaitForEndAsync();
        });
        await using var driver = server.Driver();
        await using var session = driver.AsyncSession();
        var cursor = await session.RunAsync("RETRUN 1");
        var error = await Assert.ThrowsAsync<ClientException>(cursor.ConsumeAsync);
        Assert.Equal(Syntax, error.Code);
        Assert.Equal(42L, (await (await session.RunAsync("RETURN 42")).SingleAsync())[0]);
    }

    [Fact]
    public async Task A_refused_BEGIN_of_a_managed_transaction_is_the_failure_that_is_seen()
    {
        await using var server = new ScriptedServer(async connection =>
        {
            await connection.SignInAsync();
            await connection.ExpectAsync(MessageTag.Begin);
            await connection.ExpectAsync(MessageTag.Run);
            await connection.ExpectAsync(MessageTag.Pull);
            await connection.FailAsync("Neo.ClientError.Database.DatabaseNotFound");
            await connection.IgnoreAsync();
            await connection.IgnoreAsync();
            await connection.ExpectAsync(MessageTag.Reset);
            await connection.SucceedAsync();
            await connection.WaitForEndAsync();
        });
        await using var driver = server.Driver();
        await using var session = driver.AsyncSession(config => config.WithDatabase("nosuch"));
        await Assert.ThrowsAsync<FatalDiscoveryException>(() => session.ExecuteWriteAsync(async transaction =>
            await (await transaction.RunAsync("RETURN 1")).ConsumeAsync()));
    }

    [Fact]
    public async Task A_transient_failure_runs_the_work_again_after_about_a_second()
    {
        await using var server = new ScriptedServer(async connection =>
        {
            await connection.SignInAsync();
            await connection.ExpectAsync(MessageTag.Begin);
            await connection.ExpectAsync(MessageTag.Run);
            await connection.ExpectAsync(MessageTag.Pull);
            await connection.SucceedAsync();
            await connection.FailAsync(Deadlock);
            await connection.IgnoreAsync();
            await connection.ExpectAsync(MessageTag.Reset);
            await connection.SucceedAsync();
            await connection.ExpectAsync(MessageTag.Begin);
            await connection.SucceedAsync();
            await connection.AnswerAsync(1);
            await connection.ExpectAsync(MessageTag.Commit);
            await connection.SucceedAsync();
            await connection.WaitForEndAsync();
        });
        var time = new InstantTime();
        await using var driver = server.Driver(time: time);
        await using var session = driver.AsyncSession();
        var attempts = 0;
        await session.ExecuteWriteAsync(async transaction =>
        {
            attempts++;
            await (await transaction.RunAsync("CREATE (n)")).ConsumeAsync();
        });
        Assert.Equal(2, attempts);
        Assert.InRange(Assert.Single(time.Waits), TimeSpan.FromSeconds(0.8), TimeSpan.FromSeconds(1.2));
    }

    [Fact]
    public async Task A_client_failure_does_not_run_the_work_again()
    {
        await using var server = new ScriptedServer(async connection =>
        {
            await connection.SignInAsync();
            await connection.ExpectAsync(MessageTag.Begin);
            await connection.ExpectAsync(MessageTag.Run);
            await connection.ExpectAsync(MessageTag.Pull);
            await connection.SucceedAsync();
            await connection.FailAsync(Syntax);
            await connection.IgnoreAsync();
            await connection.ExpectAsync(MessageTag.Reset);
            await connection.SucceedAsync();
            await connection.WaitForEndAsync();
        });
        await using var driver = server.Driver();
        await using var session = driver.AsyncSession();
        var attempts = 0;
        await Assert.ThrowsAsync<ClientException>(() => session.ExecuteWriteAsync(async transaction =>
        {
            attempts++;
            await (await transaction.RunAsync("RETRUN 1")).ConsumeAsync();
        }));
        Assert.Equal(1, attempts);
    }

    [Fact]
    public async Task A_failure_that_nobody_looked_at_shows_when_the_session_is_closed()
    {
        await using var server = new ScriptedServer(async connection =>
        {
            await connection.SignInAsync();
            await connection.ExpectAsync(MessageTag.Run);
            await connection.ExpectAsync(MessageTag.Pull);
            await connection.FailAsync(Syntax);
            await connection.IgnoreAsync();
            await connection.ExpectAsync(MessageTag.Reset);
            await connection.SucceedAsync();
            await connection.WaitForEndAsync();
        });
        await using var driver = server.Driver();
        var session = driver.AsyncSession();
        await session.RunAsync("RETRUN 1");
        await Assert.ThrowsAsync<ClientException>(session.CloseAsync);
    }

    [Fact]
    public async Task A_failure_in_a_transaction_ends_it_and_its_cause_stays_inside()
    {
        await using var server = new ScriptedServer(async connection =>
        {
            await connection.SignInAsync();
            await connection.ExpectAsync(MessageTag.Begin);
            await connection.SucceedAsync();
            await connection.ExpectAsync(MessageTag.Run);
            await connection.ExpectAsync(MessageTag.Pull);
            await connection.FailAsync(Deadlock);
            await connection.IgnoreAsync();
            await connection.ExpectAsync(MessageTag.Reset);
            await connection.SucceedAsync();
            await connection.WaitForEndAsync();
        });
        await using var driver = server.Driver();
        await using var session = driver.AsyncSession();
        var transaction = await session.BeginTransactionAsync();
        var cursor = await transaction.RunAsync("CREATE (n)");
        await Assert.ThrowsAsync<TransientException>(cursor.ConsumeAsync);
        var commit = await Assert.ThrowsAsync<TransactionTerminatedException>(transaction.CommitAsync);
        Assert.IsType<TransientException>(commit.InnerException);
        Assert.Equal((Deadlock, true), (commit.Code, commit.IsRetriable));
        await Assert.ThrowsAsync<TransactionTerminatedException>(() => transaction.RunAsync("RETURN 1"));
        await transaction.DisposeAsync();
    }

    [Fact]
    public async Task A_refused_commit_is_a_failure_and_ends_the_transaction()
    {
        await using var server = new ScriptedServer(async connection =>
        {
            await connection.SignInAsync();
            await connection.ExpectAsync(MessageTag.Begin);
            await connection.SucceedAsync();
            await connection.ExpectAsync(MessageTag.Commit);
            await connection.FailAsync("Neo.ClientError.Schema.ConstraintValidationFailed");
            await connection.ExpectAsync(MessageTag.Reset);
            await connection.SucceedAsync();
            await connection.AnswerAsync(7);
            await connection.WaitForEndAsync();
        });
        await using var driver = server.Driver();
        await using var session = driver.AsyncSession();
        await using var transaction = await session.BeginTransactionAsync();
        var error = await Assert.ThrowsAsync<ClientException>(transaction.CommitAsync);
        Assert.Equal("Neo.ClientError.Schema.ConstraintValidationFailed", error.Code);
        Assert.Null(session.LastBookmarks);
        await Assert.ThrowsAsync<TransactionTerminatedException>(transaction.CommitAsync);
        Assert.Equal(7L, (await (await session.RunAsync("RETURN 7")).SingleAsync())[0]);
    }

    [Fact]
    public async Task A_parameter_that_cannot_be_sent_leaves_the_connection_as_it_was()
    {
        await using var server = new ScriptedServer(async connection =>
        {
            await connection.SignInAsync();
            await connection.AnswerAsync(7);
            await connection.WaitForEndAsync();
        });
        await using var driver = server.Driver();
        await using var session = driver.AsyncSession();
        await Assert.ThrowsAsync<ProtocolException>(() => session.RunAsync("RETURN $x", new { x = 1u }));
        Assert.Equal(7L, (await (await session.RunAsync("RETURN 7")).SingleAsync())[0]);
    }

    [Fact]
    public async Task A_parameter_that_cannot_be_sent_ends_the_transaction()
    {
        await using var server = new ScriptedServer(async connection =>
        {
            await connection.SignInAsync();
            await connection.ExpectAsync(MessageTag.Begin);
            await connection.ExpectAsync(MessageTag.Reset);
            await connection.SucceedAsync();
            await connection.SucceedAsync();
            await connection.AnswerAsync(7);
            await connection.AnswerAsync(8);
            await connection.WaitForEndAsync();
        });
        await using var driver = server.Driver();
        await using var session = driver.AsyncSession();
        await Assert.ThrowsAsync<ProtocolException>(() => session.ExecuteWriteAsync(transaction => transaction.RunAsync("RETURN $x", new { x = 1u })));
        Assert.Equal(7L, (await (await session.RunAsync("RETURN 7")).SingleAsync())[0]);
        Assert.Equal(8L, (await (await session.RunAsync("RETURN 8")).SingleAsync())[0]);
    }

    [Fact]
    public async Task A_wrong_password_is_an_authentication_failure()
    {
        await using var server = new ScriptedServer(async connection =>
        {
            await connection.AgreeAsync(5, 4);
            var hello = await connection.ExpectAsync(MessageTag.Hello);
            Assert.False(hello.Map(0).ContainsKey("credentials"));
            var logon = await connection.ExpectAsync(MessageTag.Logon);
            Assert.Equal("secret", logon.Map(0)["credentials"]);
            await connection.SucceedAsync(("server", "Neo4j/5.26.0"));
            await connection.FailAsync("Neo.ClientError.Security.Unauthorized");
            await connection.WaitForEndAsync();
        });
        await using var driver = server.Driver();
        await Assert.ThrowsAsync<AuthenticationException>(driver.VerifyConnectivityAsync);
    }
}
