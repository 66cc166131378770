namespace MovieFriends.Bench.Rounds;

/// <summary>All rounds of one candidate that count, in their order.</summary>
internal sealed record Series(string Name, IReadOnlyList<Sample> Rounds)
{
    public Spread Value => Spread.Of(Rounds.Select(round => round.Value));

    /// <summary>Null where a candidate has no process of its own.</summary>
    public Spread? ProcessorSeconds => Rounds.All(round => round.ProcessorSeconds is not null)
        ? Spread.Of(Rounds.Select(round => round.ProcessorSeconds!.Value))
        : null;

    /// <summary>What else was counted, added up over all rounds.</summary>
    public IReadOnlyDictionary<string, long> Counts => Rounds
        .SelectMany(round => round.Counts)
        .GroupBy(count => count.Key)
        .ToDictionary(counts => counts.Key, counts => counts.Sum(count => count.Value));
}
