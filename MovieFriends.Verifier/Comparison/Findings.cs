namespace MovieFriends.Verifier.Comparison;

/// <summary>What a comparison of topic and graph came to.</summary>
/// <param name="Expected">Charges that should be in the graph.</param>
/// <param name="Found">Charges that are in the graph.</param>
/// <param name="Missing">Ids of expected charges that are not there.</param>
/// <param name="Different">Ids of charges with another amount or time than expected.</param>
/// <param name="Unexpected">Ids of charges that no message makes, or that are there twice.</param>
/// <param name="UnknownUsers">Charges of users who are not in the graph.</param>
/// <param name="NotJudged">Charges that messages can have made which the topic does not have: lost ones, or those of other topics.</param>
/// <param name="Changed">Charges with messages that came meanwhile; they are in no other number here.</param>
/// <param name="ExpectedSum">Sum of the amounts expected, in US dollars.</param>
/// <param name="AmountDifference">Sum of the amounts found less that, in US dollars.</param>
internal sealed record Findings(
    long Expected,
    long Found,
    List<long> Missing,
    List<long> Different,
    List<long> Unexpected,
    long UnknownUsers,
    long NotJudged,
    long Changed,
    double ExpectedSum,
    double AmountDifference)
{
    /// <summary>Nodes of the charges' label that are not ours: they have no whole number as their id.</summary>
    public long Foreign { get; init; }

    /// <summary>Whether topic and graph agree.</summary>
    public bool Agree => Missing.Count == 0 && Different.Count == 0 && Unexpected.Count == 0;
}
