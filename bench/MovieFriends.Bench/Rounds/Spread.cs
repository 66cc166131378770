namespace MovieFriends.Bench.Rounds;

/// <summary>The middle of some figures, and the outermost of them.</summary>
internal sealed record Spread(double Median, double Least, double Most)
{
    /// <exception cref="ArgumentException">There are no figures.</exception>
    public static Spread Of(IEnumerable<double> figures)
    {
        double[] sorted = [.. figures.Order()];
        if (sorted.Length == 0)
            throw new ArgumentException("There are no figures.", nameof(figures));

        var middle = sorted.Length / 2;
        var median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[^1]);
    }
}
