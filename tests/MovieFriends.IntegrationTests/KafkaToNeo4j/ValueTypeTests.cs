using Microsoft.Extensions.Hosting;
using MovieFriends.IntegrationTests.Infrastructure;
using MovieFriends.Neo4j;
using Neo4j.Driver;
using Xunit;

namespace MovieFriends.IntegrationTests.KafkaToNeo4j;

/// <summary>Properties of records that are more than numbers and texts.</summary>
[Trait(Suite.Trait, Suite.Compatibility)]
public sealed class ValueTypeTests(RunningServers servers)
{
    private const string WriteTrips = """
        UNWIND $rows AS r
        CREATE (t:Trip {id: r.id, day: r.day, at: r.at, booked: r.booked, seen: r.seen, takes: r.takes, place: r.place, stops: r.stops, days: r.days})
        """;

    private const string Message = """
        {"id": 1, "day": "2017-01-12", "at": "08:30:00.25", "booked": "2017-01-11T23:59:30+01:00", "seen": "2017-01-12T12:00:00", "takes": "1.02:30:00",
         "longitude": 7.45, "latitude": 46.95, "stops": ["Bern", "Thun"], "days": ["2017-01-12", "1969-12-31"]}
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private sealed record Trip(
        long Id, DateOnly Day, TimeOnly At, DateTimeOffset Booked, DateTime Seen, TimeSpan Takes, double Longitude, double Latitude, string[] Stops, DateOnly[] Days)
    {
        public Point Place => new(4326, Longitude, Latitude);
    }

    [Fact]
    public async Task Dates_times_durations_points_and_lists_are_values_of_the_graph()
    {
        Assert.SkipUnless(servers.HasTransactionTimeout, "Neo4j 3.1 has none of them.");
        await using var scenario = await Scenario.StartAsync(servers, users: 0, Cancellation);
        await scenario.ProduceAsync(Message);

        await using var application = await StartAsync(scenario);
        await application.SettledAsync(scenario.Topic, 1);

        var trip = Assert.Single(await scenario.QueryAsync("""
            MATCH (t:Trip {day: date('2017-01-12')})
            RETURN t.day.year AS year, toString(t.at) AS at, toString(t.booked) AS booked, t.booked.epochSeconds AS seconds, toString(t.seen + t.takes) AS back, t.takes.hours AS hours,
                   t.place.longitude AS longitude, point.distance(t.place, point({longitude: 7.45, latitude: 46.95})) AS distance, t.stops[1] AS stop, toString(t.days[1]) AS last
            """));
        Assert.Equal(
            [2017L, "08:30:00.25", "2017-01-11T23:59:30+01:00", 1_484_175_570L, "2017-01-13T14:30:00", 26L, 7.45, 0.0, "Thun", "1969-12-31"],
            trip.Values.Values);

        var read = Assert.Single(await scenario.QueryAsync("MATCH (t:Trip) RETURN t.day AS day, t.takes AS takes, t.place AS place, datetime({date: t.day, timezone: 'Europe/Zurich'}) AS zoned"));
        Assert.Equal("2017-01-12", read["day"].As<string>());
        Assert.Equal((93_600L + 1_800, 7.45), (read["takes"].As<Duration>().Seconds, read["place"].As<Point>().X));
        Assert.Equal(new DateTimeOffset(2017, 1, 12, 0, 0, 0, TimeSpan.FromHours(1)), read["zoned"].As<DateTimeOffset>());
    }

    [Fact]
    public async Task A_database_that_has_none_of_them_is_a_failure_that_ends_a_stream_and_says_why()
    {
        Assert.SkipWhen(servers.HasTransactionTimeout, "This Neo4j has them.");
        await using var scenario = await Scenario.StartAsync(servers, users: 0, Cancellation);

        foreach (var value in new object[] { new DateOnly(2017, 1, 12), new Duration(1, 0), new Point(4326, 7.45, 46.95) })
        {
            var exception = await Assert.ThrowsAsync<ProtocolException>(() => scenario.QueryAsync("RETURN $value AS value", new { value }));
            Assert.StartsWith("This Neo4j speaks Bolt 1, which has no dates, times, durations and points.", exception.Message, StringComparison.Ordinal);
            Assert.Equal(GraphFailureKind.Fatal, GraphFailure.Classify(exception));
        }

        Assert.Equal(1, Assert.Single(await scenario.QueryAsync("RETURN 1 AS one"))["one"].As<int>());
    }

    private static Task<StreamApplication> StartAsync(Scenario scenario) =>
        StreamApplication.StartAsync(scenario, builder => builder.AddKafkaToNeo4j<Trip>("kafka", "graph", scenario.Topic, WriteTrips));
}
