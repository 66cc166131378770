using MovieFriends.Bench.Candidates;
using MovieFriends.Bench.Environments;

namespace MovieFriends.Bench.Rounds;

/// <summary>
/// Lets candidates take turns on the same servers: whatever changes about the machine while they do changes for all of them. Each
/// begins from the same state, and a round counts only if what should be there is there afterwards.
/// </summary>
internal sealed class Alternation(BenchEnvironment environment, IFixture fixture)
{
    /// <summary>Runs a round to warm up, if that is wanted, and those that count.</summary>
    /// <returns>A series for each candidate, in their order.</returns>
    /// <exception cref="InvalidOperationException">After a round something is not as it should be.</exception>
    public async Task<IReadOnlyList<Series>> RunAsync(IReadOnlyList<ICandidate> candidates, CancellationToken cancellationToken)
    {
        var samples = candidates.ToDictionary(candidate => candidate, _ => new List<Sample>());
        for (var round = environment.Options.FirstRound; round <= environment.Options.Rounds; round++)
        {
            // Each of them goes first in turn, so that none always follows the same other.
            for (var i = 0; i < candidates.Count; i++)
            {
                var candidate = candidates[(round + i) % candidates.Count];
                var sample = await RunAsync(candidate, round, cancellationToken);
                if (round > 0)
                    samples[candidate].Add(sample);
            }
        }

        await fixture.ResetAsync(cancellationToken);
        return [.. candidates.Select(candidate => new Series(candidate.Name, samples[candidate]))];
    }

    private async Task<Sample> RunAsync(ICandidate candidate, int round, CancellationToken cancellationToken)
    {
        await fixture.ResetAsync(cancellationToken);
        var sample = await candidate.RunAsync(cancellationToken);
        var differences = await fixture.FindDifferencesAsync(cancellationToken);
        if (differences.Count > 0)
            throw new InvalidOperationException($"After a round of '{candidate.Name}' there is not what there should be: {string.Join(", ", differences)}. Nothing is reported.");

        var which = round == 0 ? "warm-up" : $"round {round}";
        environment.Journal.Write($"{which}, {candidate.Name}: {sample.Value:N0} in {sample.Seconds:0.00} s {string.Join(", ", sample.Counts.Select(count => $"{count.Key} {count.Value}"))}");
        return sample;
    }
}
