using Neo4j.Driver.Bolt;
using Neo4j.Driver.Tests.FakeServer;

namespace Neo4j.Driver.Tests.Sessions;

public sealed class ResultFlowTests
{
    [Fact]
    public async Task Records_are_fetched_in_parts_of_the_fetch_size()
    {
        await using var server = new ScriptedServer(async connection =>
        {
            await connection.SignInAsync();
            await connection.ExpectAsync(MessageTag.Run);
            for (var part = 0; part < 3; part++)
            {
                var pull = await connection.ExpectAsync(MessageTag.Pull);
                Assert.Equal(2L, pull.Map(0)["n"]);
                if (part == 0)
                {
                    await connection.SucceedAsync(("fields", ScriptedConnection.OneColumn));
                }

                await connection.RecordAsync(2 * part);
                await connection.RecordAsync(2 * part + 1);
                await connection.SucceedAsync(("has_more", part < 2));
            }

            await connection.WaitForEndAsync();
        });
        await using var driver = server.Driver(config => config.WithFetchSize(2));
        await using var session = driver.AsyncSession();
        var cursor = await session.RunAsync("UNWIND range(0, 5) AS x RETURN x");
        Assert.Equal([0, 1, 2, 3, 4, 5], await cursor.ToListAsync(record => record["x"].As<int>()));
        Assert.Null(cursor.Current);
        Assert.False(await cursor.FetchAsync());
    }

    [Fact]
    public async Task Consuming_early_discards_what_the_server_still_has()
    {
        await using var server = new ScriptedServer(async connection =>
        {
            await connection.SignInAsync();
            await connection.ExpectAsync(MessageTag.Run);
            await connection.ExpectAsync(MessageTag.Pull);
            await connection.SucceedAsync(("fields", ScriptedConnection.OneColumn));
            await connection.RecordAsync(1);
            await connection.SucceedAsync(("has_more", true));
            var discard = await connection.ExpectAsync(MessageTag.Discard);
            Assert.Equal(-1L, discard.Map(0)["n"]);
            await connection.SucceedAsync(("type", "r"), ("stats", new Dictionary<string, object> { ["nodes-created"] = 3 }));
            await connection.WaitForEndAsync();
        });
        await using var driver = server.Driver(config => config.WithFetchSize(1));
        await using var session = driver.AsyncSession();
        var cursor = await session.RunAsync("UNWIND range(1, 9) AS x RETURN x");
        var summary = await cursor.ConsumeAsync();
        Assert.Equal((QueryType.ReadOnly, 3, true), (summary.QueryType, summary.Counters.NodesCreated, summary.Counters.ContainsUpdates));
        Assert.False(cursor.IsOpen);
        await Assert.ThrowsAsync<ResultConsumedException>(cursor.FetchAsync);
        Assert.Throws<ResultConsumedException>(() => cursor.Current);
    }

    [Fact]
    public async Task Two_open_results_of_a_transaction_do_not_mix()
    {
        await using var server = new ScriptedServer(async connection =>
        {
            await connection.SignInAsync();
            await connection.ExpectAsync(MessageTag.Begin);
            await connection.SucceedAsync();
            await connection.AnswerAsync(1, 2);
            await connection.AnswerAsync(3, 4);
            await connection.ExpectAsync(MessageTag.Commit);
            await connection.SucceedAsync();
            await connection.WaitForEndAsync();
        });
        await using var driver = server.Driver();
        await using var session = driver.AsyncSession();
        await using var transaction = await session.BeginTransactionAsync();
        var first = await transaction.RunAsync("first");
        var second = await transaction.RunAsync("second");
        Assert.Equal([3, 4], await second.ToListAsync(record => record[0].As<int>()));
        Assert.Equal([1, 2], await first.ToListAsync(record => record[0].As<int>()));
        await transaction.CommitAsync();
        await Assert.ThrowsAsync<TransactionClosedException>(transaction.RollbackAsync);
    }

    [Fact]
    public async Task Looking_ahead_takes_nothing()
    {
        await using var server = new ScriptedServer(async connection =>
        {
            await connection.SignInAsync();
            await connection.AnswerAsync(1);
            await connection.WaitForEndAsync();
        });
        await using var driver = server.Driver();
        await using var session = driver.AsyncSession();
        var cursor = await session.RunAsync("RETURN 1 AS x");
        Assert.Throws<InvalidOperationException>(() => cursor.Current);
        Assert.Equal(["x"], await cursor.KeysAsync());
        Assert.Equal(1L, (await cursor.PeekAsync())["x"]);
        Assert.True(await cursor.FetchAsync());
        Assert.Equal(1L, cursor.Current["X".ToLowerInvariant()]);
        Assert.Null(await cursor.PeekAsync());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task A_single_record_is_neither_none_nor_two(int count)
    {
        await using var server = new ScriptedServer(async connection =>
        {
            await connection.SignInAsync();
            await connection.AnswerAsync([.. Enumerable.Range(0, count).Cast<object>()]);
            await connection.WaitForEndAsync();
        });
        await using var driver = server.Driver();
        await using var session = driver.AsyncSession();
        var cursor = await session.RunAsync("MATCH (n) RETURN n");
        await Assert.ThrowsAsync<InvalidOperationException>(cursor.SingleAsync);
    }

    [Fact]
    public async Task An_executable_query_maps_and_filters_and_remembers_bookmarks()
    {
        await using var server = new ScriptedServer(async connection =>
        {
            await connection.SignInAsync();
            for (var query = 1; query <= 2; query++)
            {
                var begin = await connection.ExpectAsync(MessageTag.Begin);
                Assert.Equal("r", begin.Map(0)["mode"]);
                Assert.Equal(query > 1, begin.Map(0).ContainsKey("bookmarks"));
                await connection.SucceedAsync();
                await connection.AnswerAsync(1, 2, 3);
                await connection.ExpectAsync(MessageTag.Commit);
                await connection.SucceedAsync(("bookmark", $"bookmark:{query}"));
            }

            await connection.WaitForEndAsync();
        });
        await using var driver = server.Driver();
        for (var query = 1; query <= 2; query++)
        {
            var (numbers, summary, keys) = await driver.ExecutableQuery("UNWIND $l AS x RETURN x")
                .WithParameters(new { l = new[] { 1, 2, 3 } })
                .WithConfig(new QueryConfig(RoutingControl.Readers))
                .WithMap(record => record["x"].As<int>())
                .WithFilter(number => number > 1)
                .ExecuteAsync(TestContext.Current.CancellationToken);
            Assert.Equal([2, 3], numbers);
            Assert.Equal(["x"], keys);
            Assert.Equal(QueryType.ReadOnly, summary.QueryType);
        }
    }
}
