namespace MovieFriends.Contracts.Reporting;

/// <summary>Where the ledger was moved, or would be.</summary>
/// <param name="Applied">False for a dry run.</param>
/// <param name="Partitions">The partitions of the topic that were asked for.</param>
/// <param name="ReadAgain">Offsets that are read again, over all partitions.</param>
/// <param name="Skipped">Offsets that are never read, over all partitions.</param>
public sealed record RewindReport(bool Applied, IReadOnlyList<LedgerMove> Partitions, long ReadAgain, long Skipped);

/// <summary>One partition's ledger and where it goes.</summary>
/// <param name="Partition">Its number.</param>
/// <param name="Earliest">The first offset that the partition has.</param>
/// <param name="Latest">The offset after its last one.</param>
/// <param name="From">Where the ledger stands; none if the partition was never read.</param>
/// <param name="To">Where it goes.</param>
public sealed record LedgerMove(int Partition, long Earliest, long Latest, long? From, long To)
{
    /// <summary>Offsets that are read again.</summary>
    public long ReadAgain => Math.Max(0, Math.Min(From ?? To, Latest) - To);

    /// <summary>Offsets that are never read.</summary>
    public long Skipped => Math.Max(0, To - Math.Max(From ?? 0, Earliest));
}
