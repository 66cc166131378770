using MovieFriends.Bench.Environments;
using MovieFriends.Bench.Rounds;

namespace MovieFriends.Bench.Candidates;

/// <summary>The seeder of this product, a new process each time; its rate is what it reports itself.</summary>
internal sealed class ProductSeeder(BenchEnvironment environment) : ICandidate
{
    public string Name => "seeder";

    public async Task<Sample> RunAsync(CancellationToken cancellationToken)
    {
        var (report, processorSeconds) = await environment.SeedAsync(cancellationToken);
        return new Sample(report.EntitiesPerSecond, report.Seconds, processorSeconds, new Dictionary<string, long>());
    }
}
