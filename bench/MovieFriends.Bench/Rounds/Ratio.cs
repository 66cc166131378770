namespace MovieFriends.Bench.Rounds;

/// <summary>How one candidate stands to another.</summary>
/// <param name="Name">Which to which.</param>
/// <param name="Value">The ratio of their medians.</param>
/// <param name="Least">The lowest ratio of two figures of one round, which were measured close to each other.</param>
/// <param name="Most">The highest one.</param>
internal sealed record Ratio(string Name, double Value, double Least, double Most)
{
    /// <exception cref="ArgumentException">They have not the same number of rounds.</exception>
    public static Ratio Of(Series one, Series other)
    {
        if (one.Rounds.Count != other.Rounds.Count)
            throw new ArgumentException("Ratios need as many rounds of one as of the other.", nameof(other));

        var pairs = Spread.Of(one.Rounds.Zip(other.Rounds, (a, b) => a.Value / b.Value));
        return new Ratio($"{one.Name} to {other.Name}", one.Value.Median / other.Value.Median, pairs.Least, pairs.Most);
    }
}
