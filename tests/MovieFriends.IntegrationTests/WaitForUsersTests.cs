using System.Net;
using MovieFriends.Chaos.Processes;
using MovieFriends.IntegrationTests.Infrastructure;
using Neo4j.Driver;
using Xunit;
using static MovieFriends.IntegrationTests.Infrastructure.Scenario;

namespace MovieFriends.IntegrationTests;

/// <summary>Seeder and consumer where nothing starts them in order: the seeder leaves a mark, and the consumer waits for it.</summary>
public sealed class WaitForUsersTests(RunningServers servers)
{
    private const int Users = 200;
    private const string Waits = "Consumer:WaitForUsers=true";
    private const string Waiting = "The consumer waits for the seeder's users";
    private const string GoesOn = "The seeder's users are there, ";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    [Trait(Suite.Trait, Suite.Compatibility)]
    public async Task A_consumer_that_starts_before_the_seeder_writes_nothing_until_all_users_are_there_and_then_everything()
    {
        await using var scenario = await StartAsync();
        await scenario.ProduceAsync(Enumerable.Range(0, Users).Select(i => Message(FirstUser + i, 1, Noon)));
        await using var consumer = scenario.Start("consumer", Waits);
        await consumer.LineAsync(Waiting, Cancellation);
        Assert.Equal(0, await CountAsync(scenario, "MATCH (n) RETURN count(n) AS n"));

        // In many transactions, so that the first users are there long before the last ones.
        await scenario.RunAsync("seeder", "Seeder:BatchSize=5");
        await consumer.LineAsync(GoesOn, Cancellation);

        await scenario.ChargesReachAsync(Users, consumer);
        var report = await consumer.StopInOrderAsync(Cancellation);
        Assert.Equal((Users, 0), (report.GetProperty("created").GetInt32(), report.GetProperty("deadLettered").GetInt32()));
        Assert.Equal((1, 1), (consumer.Count(Waiting), consumer.Count(GoesOn)));
    }

    [Fact]
    public async Task Users_without_the_mark_are_not_enough_and_a_seeder_that_finds_the_graph_whole_leaves_it()
    {
        await using var scenario = await StartAsync(seed: true);
        await scenario.QueryAsync("MATCH (m:SeedCompletion) DELETE m");
        await scenario.ProduceAsync(Message(FirstUser, 1, Noon));
        await using var consumer = scenario.Start("consumer", Waits);
        await consumer.LineAsync(Waiting, Cancellation);
        await servers.GraphLink.SeenAsync(LooksForTheMark).WaitAsync(TimeSpan.FromMinutes(1), Cancellation);
        Assert.Equal(0, await CountAsync(scenario, "MATCH (o:KafkaOffset) RETURN count(o) AS n"));

        var seeded = await scenario.RunAsync("seeder");

        Assert.True(seeded.GetProperty("skipped").GetBoolean());
        await consumer.LineAsync($"{GoesOn}{Users} of them", Cancellation);
        await scenario.ChargesReachAsync(1, consumer);
    }

    [Fact]
    public async Task Users_that_are_there_are_not_waited_for()
    {
        await using var scenario = await StartAsync(seed: true);
        await scenario.ProduceAsync(Message(FirstUser, 1, Noon));

        await using var consumer = scenario.Start("consumer", Waits, "Consumer:StopAt=End");

        Assert.Equal(1, (await consumer.ReportAsync(Cancellation)).GetProperty("created").GetInt32());
        Assert.Equal(0, consumer.Count(Waiting));
    }

    [Fact]
    public async Task While_it_waits_it_is_alive_and_not_ready_and_says_why()
    {
        await using var scenario = await StartAsync();
        await using var consumer = scenario.Start("consumer", Waits);
        await consumer.LineAsync(Waiting, Cancellation);
        using var http = new HttpClient { BaseAddress = await consumer.AddressAsync(Cancellation) };

        await http.AnswersAsync("health", HttpStatusCode.ServiceUnavailable, "The consumer waits for the seeder\\u0027s users", Cancellation);
        await http.AnswersAsync("alive", HttpStatusCode.OK, "Healthy", Cancellation);
        await scenario.RunAsync("seeder");
        await http.AnswersAsync("health", HttpStatusCode.OK, "Healthy", Cancellation);
    }

    [Fact]
    public async Task A_signal_ends_the_wait_at_once_and_in_order()
    {
        await using var scenario = await StartAsync();
        await using var consumer = scenario.StartProcess("consumer", Waits);
        await consumer.LineAsync(Waiting, Cancellation);

        consumer.Terminate();

        Assert.Equal(0, await consumer.ExitCodeAsync(Cancellation));
        Assert.Equal(0, consumer.Count("crit: "));
    }

    [Fact]
    public async Task A_database_that_is_away_meanwhile_is_waited_for_as_well()
    {
        await using var scenario = await StartAsync();
        await scenario.ProduceAsync(Message(FirstUser, 1, Noon));
        await using var consumer = scenario.Start("consumer", Waits);
        await consumer.LineAsync(Waiting, Cancellation);
        servers.GraphLink.Cut();
        try
        {
            await consumer.LineAsync("The database cannot be used now", Cancellation);
        }
        finally
        {
            servers.GraphLink.Restore();
        }

        await scenario.RunAsync("seeder");
        await scenario.ChargesReachAsync(1, consumer);
    }

    [Fact]
    public async Task Users_of_one_s_own_are_there_when_the_seeder_has_looked_at_them()
    {
        await using var scenario = await StartAsync();
        await scenario.QueryAsync("UNWIND range(1, 3) AS i CREATE (:User {userId: i, name: 'mine'})");
        await scenario.ProduceAsync(Message(1, 1, Noon), Message(2, 1, Noon), Message(3, 1, Noon));
        await using var consumer = scenario.Start("consumer", Waits);
        await consumer.LineAsync(Waiting, Cancellation);

        await scenario.RunAsync("seeder", "Seeder:Mode=Existing");

        await consumer.LineAsync($"{GoesOn}3 of them", Cancellation);
        await scenario.ChargesReachAsync(3, consumer);
    }

    [Theory]
    [Trait(Suite.Trait, Suite.Compatibility)]
    [InlineData("Seeder:Users=400", "CREATE (u:User")] // A graph that grows has all of its users later.
    [InlineData("Seeder:Reset=true", "MATCH (n:User)")] // One that is deleted has none.
    public async Task The_mark_is_gone_before_users_are_written_or_deleted_and_comes_back_at_the_end(string setting, string statement)
    {
        await using var scenario = await StartAsync(seed: true);
        Assert.Equal(1, await MarksAsync(scenario));
        var text = System.Text.Encoding.UTF8.GetBytes(statement);
        var stalled = servers.GraphLink.StallAtAsync(request => request.Span.IndexOf(text) >= 0);
        await using var seeder = scenario.Start("seeder", setting);
        await stalled.WaitAsync(TimeSpan.FromMinutes(1), Cancellation);

        Assert.Equal(0, await MarksAsync(scenario));
        servers.GraphLink.Restore();
        var users = (await seeder.ReportAsync(Cancellation)).GetProperty("users").GetInt64();

        Assert.Equal(users, await CountAsync(scenario, "MATCH (m:SeedCompletion {id: 'users'}) RETURN m.users AS n"));
        Assert.Equal(1, await MarksAsync(scenario));
    }

    private static bool LooksForTheMark(ReadOnlyMemory<byte> request) => request.Span.IndexOf("SeedCompletion"u8) >= 0;

    private static Task<long> MarksAsync(Scenario scenario) => CountAsync(scenario, "MATCH (m:SeedCompletion) RETURN count(m) AS n");

    private static async Task<long> CountAsync(Scenario scenario, string cypher) => (await scenario.QueryAsync(cypher))[0]["n"].As<long>();

    private Task<Scenario> StartAsync(bool seed = false) => Scenario.StartAsync(servers, Users, Cancellation, seed);
}
