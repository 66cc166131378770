using MovieFriends.Bench.Rounds;
using Neo4j.Driver;

namespace MovieFriends.Bench.Environments;

/// <summary>A graph of users without rentals; after a run it holds those of the topic, each once.</summary>
internal sealed class RentalFixture(BenchEnvironment environment) : IFixture
{
    // Rentals of the topic differ in their time, so that one that is there twice makes a difference.
    private const string Count = "MATCH (:User)-[r:RENTED]->(:Movie) RETURN count(r) AS rentals, count(DISTINCT r.at) AS times";

    private const string DeleteRentals = "MATCH (:Movie)<-[r:RENTED]-() WITH r LIMIT 20000 DELETE r RETURN count(*) AS deleted";
    private const string DeleteMovies = "MATCH (m:Movie) WITH m LIMIT 20000 DELETE m RETURN count(*) AS deleted";

    public async Task ResetAsync(CancellationToken cancellationToken)
    {
        await environment.Charges.ClearAsync(cancellationToken);
        await using var session = environment.Graph.AsyncSession();
        foreach (var statement in new[] { DeleteRentals, DeleteMovies })
        {
            while ((await (await session.RunAsync(statement)).SingleAsync())["deleted"].As<long>() > 0)
                cancellationToken.ThrowIfCancellationRequested();
        }
    }

    public async Task<IReadOnlyList<string>> FindDifferencesAsync(CancellationToken cancellationToken)
    {
        await using var session = environment.Graph.AsyncSession();
        var found = await (await session.RunAsync(Count)).SingleAsync();
        var (rentals, times, expected) = (found["rentals"].As<long>(), found["times"].As<long>(), environment.Options.Messages);
        return rentals == expected && times == expected ? [] : [$"{rentals} rentals, {times} different ones, instead of {expected}"];
    }
}
