namespace MovieFriends.Chaos.Judging;

/// <param name="Found">Charges in the graph.</param>
/// <param name="Missing">Ids of charges that should be there.</param>
/// <param name="Different">Ids of charges with another amount, time, day or user than they should have.</param>
/// <param name="Unexpected">Ids of charges that no message makes.</param>
/// <param name="Doubled">Ids of charges that are there twice, or attached twice or not at all.</param>
/// <param name="LedgerOff">Partitions whose ledger is not at their end, in words.</param>
internal sealed record GraphComparison(
    long Found,
    IReadOnlyList<long> Missing,
    IReadOnlyList<long> Different,
    IReadOnlyList<long> Unexpected,
    IReadOnlyList<long> Doubled,
    IReadOnlyList<string> LedgerOff);
