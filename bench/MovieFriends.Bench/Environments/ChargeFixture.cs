using MovieFriends.Bench.Rounds;

namespace MovieFriends.Bench.Environments;

/// <summary>A graph of users without charges; after a run it holds those of the backlog.</summary>
internal sealed class ChargeFixture(BenchEnvironment environment) : IFixture
{
    public Task ResetAsync(CancellationToken cancellationToken) => environment.Charges.ClearAsync(cancellationToken);

    public async Task<IReadOnlyList<string>> FindDifferencesAsync(CancellationToken cancellationToken) =>
        [.. (await environment.Charges.CountAsync()).DifferencesFrom(environment.Backlog.Totals)];
}
