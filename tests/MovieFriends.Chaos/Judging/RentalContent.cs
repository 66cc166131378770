using System.Text.Json;
using Neo4j.Driver;

namespace MovieFriends.Chaos.Judging;

/// <summary>The rentals of topic and graph, counted.</summary>
/// <param name="Messages">Messages of the topic.</param>
/// <param name="Missing">Rentals that the graph has less often than there are messages, once for each.</param>
/// <param name="Doubled">Rentals that it has more often.</param>
/// <param name="Ends">Where each partition ends.</param>
internal sealed record RentalContent(long Messages, IReadOnlyList<string> Missing, IReadOnlyList<string> Doubled, IReadOnlyDictionary<int, long> Ends)
{
    private const string Rentals = "MATCH (u:User)-[r:RENTED]->(m:Movie) RETURN u.userId AS user, m.movieId AS movie, r.at AS at";

    /// <param name="environment">How to reach the broker.</param>
    /// <param name="graph">The graph.</param>
    /// <param name="topic">The topic's name.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<RentalContent> ReadAsync(IReadOnlyDictionary<string, string> environment, IDriver graph, string topic, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<(long User, long Movie, double At), int>();
        var messages = 0L;
        var ends = await Task.Run(
            () => TopicReader.Read(
                environment,
                topic,
                result =>
                {
                    using var json = JsonDocument.Parse(result.Message.Value);
                    Count(json.RootElement.GetProperty("userId").GetInt64(), json.RootElement.GetProperty("movieId").GetInt64(), json.RootElement.GetProperty("at").GetDouble(), 1);
                    messages++;
                },
                cancellationToken),
            cancellationToken);

        await using var session = graph.AsyncSession();
        var cursor = await session.RunAsync(Rentals);
        while (await cursor.FetchAsync())
        {
            cancellationToken.ThrowIfCancellationRequested();
            Count(cursor.Current["user"].As<long>(), cursor.Current["movie"].As<long>(), cursor.Current["at"].As<double>(), -1);
        }

        return new RentalContent(messages, Off(count => count), Off(count => -count), ends);

        void Count(long user, long movie, double at, int difference) => counts[(user, movie, at)] = counts.GetValueOrDefault((user, movie, at)) + difference;

        List<string> Off(Func<int, int> times) =>
            [.. counts.Where(count => times(count.Value) > 0).SelectMany(count => Enumerable.Repeat(FormattableString.Invariant($"{count.Key}"), times(count.Value)))];
    }
}
