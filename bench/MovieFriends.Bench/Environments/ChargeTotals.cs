using System.Globalization;

namespace MovieFriends.Bench.Environments;

/// <summary>What charges add up to, in a topic or in the graph.</summary>
/// <param name="Charges">Their number.</param>
/// <param name="Attached">How many relationships lead to them from the users whose charges they are.</param>
/// <param name="UserIds">The sum of their users' ids.</param>
/// <param name="Amount">The sum of their amounts, in US dollars.</param>
internal sealed record ChargeTotals(long Charges, long Attached, long UserIds, double Amount)
{
    // Amounts are whole cents; a sum of doubles in another order is another by far less.
    private const double Tolerance = 0.005;

    /// <summary>Names what is not as expected.</summary>
    public IEnumerable<string> DifferencesFrom(ChargeTotals expected)
    {
        if (Charges != expected.Charges)
            yield return $"{Charges} charges instead of {expected.Charges}";
        if (Attached != expected.Attached)
            yield return $"{Attached} charges of their users instead of {expected.Attached}";
        if (UserIds != expected.UserIds)
            yield return $"user ids that sum up to {UserIds} instead of {expected.UserIds}";
        if (!(Math.Abs(Amount - expected.Amount) <= Tolerance))
            yield return string.Create(CultureInfo.InvariantCulture, $"amounts that sum up to {Amount:0.00} instead of {expected.Amount:0.00}");
    }
}
