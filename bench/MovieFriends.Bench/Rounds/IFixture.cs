namespace MovieFriends.Bench.Rounds;

/// <summary>What every turn begins from, and what must be there after it.</summary>
internal interface IFixture
{
    /// <summary>Brings back the state that every turn begins from.</summary>
    Task ResetAsync(CancellationToken cancellationToken);

    /// <summary>Looks at what a turn has left.</summary>
    /// <returns>What is not as it should be, each in a few words; nothing if the turn counts.</returns>
    Task<IReadOnlyList<string>> FindDifferencesAsync(CancellationToken cancellationToken);
}
