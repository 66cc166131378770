using MovieFriends.Bench.Rounds;

namespace MovieFriends.Bench.TestBeds;

/// <summary>A graph of users without charges; after a turn it holds those of the backlog.</summary>
internal sealed class ChargeFixture(TestBed bed) : IFixture
{
    public Task ResetAsync(CancellationToken cancellationToken) => bed.Charges.ClearAsync(cancellationToken);

    public async Task<IReadOnlyList<string>> FindDifferencesAsync(CancellationToken cancellationToken) =>
        [.. (await bed.Charges.CountAsync()).DifferencesFrom(bed.Backlog.Totals)];
}
