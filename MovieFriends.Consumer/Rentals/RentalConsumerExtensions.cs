using MovieFriends.Consumer.Seed;
using MovieFriends.Contracts.Graph;
using MovieFriends.Contracts.Rentals;
using MovieFriends.Contracts.Reporting;
using MovieFriends.Contracts.Topics;
using MovieFriends.Extensions;
using MovieFriends.Kafka;
using MovieFriends.KafkaToNeo4j;

namespace MovieFriends.Consumer.Rentals;

/// <summary>Streams rentals into the graph: the plain way, with a record and a Cypher text.</summary>
internal static class RentalConsumerExtensions
{
    // Transactions wait for each other at movies: with two at once, the database would have nothing to do meanwhile.
    private const int LeastTransactions = 4;

    // In the order of movies, so that batches of several partitions take the locks of movies in one order and do not end in a deadlock. Users are
    // looked up before the first of these locks, at which other batches wait.
    internal const string Cypher = """
        UNWIND $rows AS r
        MATCH (u:User {userId: r.userId})
        WITH r, u ORDER BY r.movieId
        MERGE (m:Movie {movieId: r.movieId})
        CREATE (u)-[:RENTED {at: r.at}]->(m)
        """;

    /// <summary>Adds the stream of rentals.</summary>
    /// <param name="builder">The consumer's builder.</param>
    /// <param name="kafka">The broker's name below <c>ConnectionStrings</c>.</param>
    /// <param name="graph">The graph's name below <c>ConnectionStrings</c>.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="topics">What the topics have in common.</param>
    /// <param name="options">The options of the charges, which are those of the rentals, too.</param>
    public static void AddRentalConsumer(
        this WebApplicationBuilder builder, string kafka, string graph, string topic, TopicOptions topics, ConsumerOptions options) =>
        builder.AddKafkaToNeo4j<Rental>(kafka, graph, topic, Cypher, stream =>
        {
            stream.Section = ConsumerOptions.Section;

            // Members of one group would wait for each other whenever one of them comes or goes.
            stream.Options = options with { GroupId = $"{options.GroupId}-rentals", MaxTransactions = Math.Max(options.MaxTransactions, LeastTransactions) };
            stream.Topic = new TopicSettings(topic, topics.DeadLettersOf(topic), topics.Partitions, topics.ReplicationFactor, topics.Create, topics.Headers);
            stream.Keys = [(GraphNames.User, GraphNames.UserId), (GraphNames.Movie, GraphNames.MovieId)];
            stream.Json = RentalJson.Default.Rental;
            stream.EventTime = rental => rental.GetTime();
            stream.RelationshipsPerRow = 1;
            stream.Stage = "consume rentals";
            stream.HealthCheck = "graph writes of rentals";
            stream.Prepare = (provider, cancellationToken) => provider.GetRequiredService<SeedWait>().RunAsync(cancellationToken);
            stream.Ended = Report;
            stream.RewindAdvice = $"run 'dotnet moviefriends.cs rewind --topic {topic} --to-offset 0 --apply'";
            stream.ReadAgainAdvice = "rentals that are in the graph already are written a second time, unless they are deleted first";
        });

    private static void Report(IServiceProvider provider, StreamReport report) => StageLog.Report(
        provider.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(RentalConsumerExtensions)),
        ReportStages.ConsumedRentals,
        new RentalsReport(report.Messages, report.Seconds, report.MessagesPerSecond, report.Batches, report.DeadLettered, report.Deadlocks),
        ReportJson.Default.RentalsReport);
}
