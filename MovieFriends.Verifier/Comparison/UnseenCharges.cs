namespace MovieFriends.Verifier.Comparison;

/// <summary>Expected charges that are not in the graph, once it is known whose users are.</summary>
internal sealed class UnseenCharges
{
    private CompensatedSum _missingSum;
    private CompensatedSum _unknownSum;

    /// <summary>Charges that should be there.</summary>
    public List<long> Missing { get; } = [];

    /// <summary>Sum of the amounts of <see cref="Missing"/>.</summary>
    public double MissingSum => _missingSum.Value;

    /// <summary>Charges of users who are not in the graph: nobody expects them.</summary>
    public long UnknownUsers { get; private set; }

    /// <summary>Sum of the amounts of the charges of unknown users.</summary>
    public double UnknownSum => _unknownSum.Value;

    public void Add(long chargeId, double amount, bool userIsKnown)
    {
        if (userIsKnown)
        {
            Missing.Add(chargeId);
            _missingSum.Add(amount);
        }
        else
        {
            UnknownUsers++;
            _unknownSum.Add(amount);
        }
    }
}
