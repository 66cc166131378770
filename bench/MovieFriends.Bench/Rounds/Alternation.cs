using MovieFriends.Bench.Contestants;
using MovieFriends.Bench.TestBeds;

namespace MovieFriends.Bench.Rounds;

/// <summary>
/// Lets contestants take turns on the same servers: whatever changes about the machine while they do changes for all of them. Each
/// begins from the same state, and a round counts only if what should be there is there afterwards.
/// </summary>
internal sealed class Alternation(TestBed bed, IFixture fixture)
{
    /// <summary>Runs a round to warm up, if that is wanted, and those that count.</summary>
    /// <returns>A series for each contestant, in their order.</returns>
    /// <exception cref="InvalidOperationException">After a round something is not as it should be.</exception>
    public async Task<IReadOnlyList<Series>> RunAsync(IReadOnlyList<IContestant> contestants, CancellationToken cancellationToken)
    {
        var samples = contestants.ToDictionary(contestant => contestant, _ => new List<Sample>());
        for (var round = bed.Options.FirstRound; round <= bed.Options.Rounds; round++)
        {
            // Each of them goes first in turn, so that none always follows the same other.
            for (var i = 0; i < contestants.Count; i++)
            {
                var contestant = contestants[(round + i) % contestants.Count];
                var sample = await RunAsync(contestant, round, cancellationToken);
                if (round > 0)
                    samples[contestant].Add(sample);
            }
        }

        await fixture.ResetAsync(cancellationToken);
        return [.. contestants.Select(contestant => new Series(contestant.Name, samples[contestant]))];
    }

    private async Task<Sample> RunAsync(IContestant contestant, int round, CancellationToken cancellationToken)
    {
        await fixture.ResetAsync(cancellationToken);
        var sample = await contestant.RunAsync(cancellationToken);
        var differences = await fixture.FindDifferencesAsync(cancellationToken);
        if (differences.Count > 0)
            throw new InvalidOperationException($"After a round of '{contestant.Name}' there is not what there should be: {string.Join(", ", differences)}. Nothing is reported.");

        var which = round == 0 ? "warm-up" : $"round {round}";
        bed.Journal.Write($"{which}, {contestant.Name}: {sample.Value:N0} in {sample.Seconds:0.00} s {string.Join(", ", sample.Counts.Select(count => $"{count.Key} {count.Value}"))}");
        return sample;
    }
}
