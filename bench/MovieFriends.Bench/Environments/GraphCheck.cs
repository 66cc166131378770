namespace MovieFriends.Bench.Environments;

/// <summary>Lets nothing count after which the graph does not hold what it should.</summary>
internal static class GraphCheck
{
    /// <param name="charges">The charges in the graph.</param>
    /// <param name="expected">What they must add up to.</param>
    /// <param name="run">After what, in words.</param>
    /// <exception cref="InvalidOperationException">The graph holds something else.</exception>
    public static async Task RequireAsync(this ChargeGraph charges, ChargeTotals expected, string run)
    {
        var differences = (await charges.CountAsync()).DifferencesFrom(expected).ToList();
        if (differences.Count > 0)
            throw new InvalidOperationException($"After {run} the graph does not hold what it should: {string.Join(", ", differences)}. Nothing is reported.");
    }
}
