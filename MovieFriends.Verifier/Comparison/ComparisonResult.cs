namespace MovieFriends.Verifier.Comparison;

/// <summary>What a comparison of topic and graph came to.</summary>
internal sealed record ComparisonResult
{
    /// <summary>Charges that should be in the graph.</summary>
    public required long Expected { get; init; }

    /// <summary>Charges that are in the graph.</summary>
    public required long Found { get; init; }

    /// <summary>Ids of expected charges that are not there.</summary>
    public required List<long> Missing { get; init; }

    /// <summary>Ids of charges with another amount or time than expected.</summary>
    public required List<long> Different { get; init; }

    /// <summary>Ids of charges that no message makes, or that are there twice.</summary>
    public required List<long> Unexpected { get; init; }

    /// <summary>Charges of users who are not in the graph.</summary>
    public required long UnknownUsers { get; init; }

    /// <summary>Charges that messages can have made which the topic does not have: lost ones, or those of other topics.</summary>
    public required long NotJudged { get; init; }

    /// <summary>Charges with messages that came meanwhile; they are in no other number here.</summary>
    public required long Changed { get; init; }

    /// <summary>Sum of the amounts expected, in US dollars.</summary>
    public required double ExpectedSum { get; init; }

    /// <summary>Sum of the amounts found less that, in US dollars.</summary>
    public required double AmountDifference { get; init; }

    /// <summary>Nodes of the charges' label that are not ours: they have no whole number as their id.</summary>
    public long Foreign { get; init; }

    /// <summary>Whether topic and graph agree.</summary>
    public bool Agree => Missing.Count == 0 && Different.Count == 0 && Unexpected.Count == 0;
}
