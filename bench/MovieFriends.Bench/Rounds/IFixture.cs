namespace MovieFriends.Bench.Rounds;

/// <summary>What every run begins from, and what must be there after it.</summary>
internal interface IFixture
{
    /// <summary>Brings back the state that every run begins from.</summary>
    Task ResetAsync(CancellationToken cancellationToken);

    /// <summary>Looks at what a run has left.</summary>
    /// <returns>What is not as it should be, each in a few words; nothing if the run counts.</returns>
    Task<IReadOnlyList<string>> FindDifferencesAsync(CancellationToken cancellationToken);
}
