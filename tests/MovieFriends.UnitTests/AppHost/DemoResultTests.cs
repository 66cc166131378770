using System.Text.Json;
using MovieFriends.AppHost.Demo;
using MovieFriends.AppHost.Servers;
using MovieFriends.Contracts.Reporting;
using Xunit;

namespace MovieFriends.UnitTests.AppHost;

public sealed class DemoResultTests
{
    [Fact]
    public void The_figures_are_written_under_their_agreed_names_and_numbers_are_numbers()
    {
        var result = DemoResult.From(
            new ServersInfo("Local", "4.3.1", "5.26.25"),
            TimeSpan.FromSeconds(61.5),
            new DemoReports(
                new SeederReport(1000, 999, 2.5, 799.6, Skipped: false),
                new ProducerReport(500, 15_000, 0.5, 1000, 0.03, 2, 0, [new(0, 0, 500)]),
                new ConsumerReport
                {
                    Messages = 500,
                    Bytes = 15_000,
                    Seconds = 0.25,
                    ChargesPerSecond = 2000,
                    MegabytesPerSecond = 0.06,
                    Batches = 3,
                    Created = 499,
                    Updated = 1,
                    DeadLettered = 0,
                    UnknownUsers = 0,
                    Deadlocks = 4,
                },
                new VerifierReport(500, 500, 0, 0, 0, 0, Ok: true)));

        const string expected = """
            {"servers":{"mode":"Local","kafka":"4.3.1","neo4j":"5.26.25"},"users":1000,"knows":999,"messages":500,"seconds":61.5,
             "seeder":{"seconds":2.5,"entitiesPerSecond":799.6,"skipped":false},
             "producer":{"seconds":0.5,"messagesPerSecond":1000,"megabytesPerSecond":0.03,"queueFullWaits":2,"failed":0,
                         "offsets":[{"partition":0,"earliest":0,"latest":500}]},
             "consumer":{"seconds":0.25,"chargesPerSecond":2000,"batches":3,"created":499,"updated":1,"deadLettered":0,"unknownUsers":0,"deadlocks":4},
             "verifier":{"expected":500,"found":500,"missing":0,"unexpected":0,"amountDifference":0,"lag":0,"ok":true}}
            """;
        Assert.True(JsonElement.DeepEquals(
            JsonDocument.Parse(expected).RootElement,
            JsonDocument.Parse(JsonSerializer.Serialize(result, DemoJson.Default.DemoResult)).RootElement));
    }
}
