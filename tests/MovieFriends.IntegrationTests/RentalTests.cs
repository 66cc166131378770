using System.Text.Json;
using MovieFriends.IntegrationTests.Infrastructure;
using Neo4j.Driver;
using Xunit;
using static MovieFriends.IntegrationTests.Infrastructure.Scenario;

namespace MovieFriends.IntegrationTests;

/// <summary>The second stream beside the charges: a record and a Cypher text.</summary>
[Trait(Suite.Trait, Suite.Compatibility)]
public sealed class RentalTests(RunningServers servers)
{
    private const string Count = "MATCH (:User)-[r:RENTED]->(:Movie) RETURN count(r) AS n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_streams_of_one_consumer_bring_each_message_into_the_graph_once()
    {
        await using var scenario = await StartAsync(servers, users: 1_000, Cancellation);
        var topic = RentalsOf(scenario);

        await scenario.RunAsync("producer", "Producer:Mode=Load", "Producer:Messages=1000", "Producer:Users=1000");
        var produced = await scenario.RunAsync("producer", topic, "Producer:Mode=Load", "Producer:Events=Rentals", "Producer:Messages=3000", "Producer:Users=1000", "Producer:Movies=100");
        await using var consumer = scenario.Start("consumer", topic, "Consumer:StopAt=End");
        await consumer.ReportAsync(Cancellation);
        var verified = await scenario.VerifyAsync(topic);

        // The planner of Neo4j 3.1 puts an Eager before the MERGE, and is told of.
        if (servers.HasHeaders)
            Assert.DoesNotContain(consumer.Log, line => line.Contains("slower than it could be", StringComparison.Ordinal));
        Assert.Equal(3_000, produced.GetProperty("messages").GetInt64());
        Assert.Equal(1_000, verified.GetProperty("found").GetInt64());
        Assert.True(verified.GetProperty("ok").GetBoolean());
        Assert.Equal("""{"expected":3000,"found":3000,"missing":0,"unexpected":0,"lag":0,"ok":true}""", JsonSerializer.Serialize(verified.GetProperty("rentals")));
        Assert.Equal(3_000, await CountAsync(scenario));
        Assert.Equal(100, (await scenario.QueryAsync("MATCH (m:Movie) RETURN count(m) AS n"))[0]["n"].As<long>());
    }

    [Fact]
    public async Task A_rental_of_an_unknown_user_and_a_message_that_is_no_rental_are_dead_letters_and_the_others_are_written()
    {
        await using var scenario = await StartAsync(servers, users: 100, Cancellation);
        var (name, topic) = (NameOf(scenario), RentalsOf(scenario));
        await scenario.ProduceToAsync(name, [.. Enumerable.Range(0, 100).Select(i => Rental(i == 60 ? 77 : FirstUser + i)), "rubbish"]);

        await scenario.ConsumeAsync(topic);
        var verified = await scenario.VerifyAsync(topic);

        Assert.Equal(99, await CountAsync(scenario));
        Assert.Equal(99, verified.GetProperty("rentals").GetProperty("found").GetInt64());
        var letters = scenario.ReadTopic($"{name}.dead-letter");
        Assert.Equal(["rubbish", Rental(77)], letters.Select(l => System.Text.Encoding.UTF8.GetString(l.Value)).Order(StringComparer.Ordinal));
        if (servers.HasHeaders)
            Assert.Contains(letters, l => Text(l, "error.type") == "refused" && Text(l, "error.message").Contains("the graph lacks what its row refers to", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_verifier_finds_a_rental_that_is_missing_and_one_that_is_there_twice()
    {
        await using var scenario = await StartAsync(servers, users: 10, Cancellation);
        var (name, topic) = (NameOf(scenario), RentalsOf(scenario));
        await scenario.ProduceToAsync(name, Rental(FirstUser), Rental(FirstUser + 1));
        await scenario.ConsumeAsync(topic);
        await scenario.QueryAsync("MATCH (:User {userId: $user})-[r:RENTED]->() DELETE r", new { user = FirstUser });
        await scenario.QueryAsync("MATCH (u:User {userId: $user})-[r:RENTED]->(m) CREATE (u)-[:RENTED {at: r.at}]->(m)", new { user = FirstUser + 1 });

        await using var verifier = scenario.Start("verifier", topic, "Verifier:WaitSeconds=0");

        Assert.Equal(1, await verifier.ExitCodeAsync(Cancellation));
        Assert.Contains(verifier.Log, line => line.Contains("1 rentals are missing from the graph, for example Rental { UserId = 1000000", StringComparison.Ordinal));
        Assert.Contains(verifier.Log, line => line.Contains("1 rentals are in the graph although no message makes them, or more often than messages do, for example Rental { UserId = 1000001", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Dead_letters_of_rentals_go_back_and_their_ledger_is_moved_by_the_topics_name()
    {
        Assert.SkipUnless(servers.HasHeaders, "The broker keeps no headers: a dead letter does not say where it came from.");
        await using var scenario = await StartAsync(servers, users: 10, Cancellation);
        var (name, topic) = (NameOf(scenario), RentalsOf(scenario));
        await scenario.ProduceToAsync(name, Rental(FirstUser), Rental(77));
        await scenario.ConsumeAsync(topic);
        await scenario.QueryAsync("CREATE (:User {userId: 77})");

        var replayed = await scenario.RunAsync("replayer", $"Replayer:Topic={name}", "Replayer:Apply=true");
        await scenario.ConsumeAsync(topic);
        var rewound = await scenario.RunAsync("replayer", $"Replayer:Topic={name}", "Replayer:Mode=Rewind", "Replayer:ToOffset=0");

        Assert.Equal(1, replayed.GetProperty("putBack").GetInt64());
        Assert.Equal(2, await CountAsync(scenario));

        // The three messages, and the mark of the transaction in which the replay sent one of them.
        Assert.Equal(4, rewound.GetProperty("readAgain").GetInt64());
    }

    [Fact]
    public async Task A_producer_of_rentals_without_a_topic_for_them_is_refused()
    {
        await using var scenario = await StartAsync(servers, users: 0, Cancellation);
        await using var producer = scenario.StartProcess("producer", "Producer:Events=Rentals");

        Assert.Equal(2, await producer.ExitCodeAsync(Cancellation));
        Assert.Contains("With Producer:Events=Rentals, Topics:Rentals must name their topic.", producer.Log);
    }

    private static string NameOf(Scenario scenario) => scenario.Topic.Replace("charges", "rentals", StringComparison.Ordinal);

    private static string RentalsOf(Scenario scenario) => $"Topics:Rentals={NameOf(scenario)}";

    private static string Rental(long user) => $$"""{"userId":{{user}},"movieId":5,"at":1484222400}""";

    private static string Text(Confluent.Kafka.Message<byte[], byte[]> message, string header) => System.Text.Encoding.UTF8.GetString(message.Headers.GetLastBytes(header));

    private static async Task<long> CountAsync(Scenario scenario) => (await scenario.QueryAsync(Count))[0]["n"].As<long>();
}
