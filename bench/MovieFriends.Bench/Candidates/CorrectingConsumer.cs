using MovieFriends.Bench.Environments;
using MovieFriends.Bench.Rounds;

namespace MovieFriends.Bench.Candidates;

/// <summary>The consumer on a graph that has every charge already: the backlog is nothing but corrections to it.</summary>
internal sealed class CorrectingConsumer(BenchEnvironment environment, string name) : ICandidate
{
    private readonly ProductConsumer _consumer = new(environment, name);

    public string Name => name;

    /// <exception cref="InvalidOperationException">Not every message was a correction.</exception>
    public async Task<Sample> RunAsync(CancellationToken cancellationToken)
    {
        await _consumer.RunAsync(cancellationToken);
        await environment.Charges.ForgetLedgerAsync(cancellationToken);
        var sample = await _consumer.RunAsync(cancellationToken);
        return sample.Counts[ProductConsumer.Updated] == environment.Options.Messages
            ? sample
            : throw new InvalidOperationException($"Of {environment.Options.Messages} messages only {sample.Counts[ProductConsumer.Updated]} were corrections. Nothing is reported.");
    }
}
