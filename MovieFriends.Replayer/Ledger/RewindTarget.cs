using MovieFriends.Contracts.Reporting;
using MovieFriends.Kafka;

namespace MovieFriends.Replayer.Ledger;

/// <summary>Where the ledger of a partition is to go.</summary>
/// <param name="Range">What the partition has.</param>
/// <param name="Offset">The offset that is to be read next.</param>
/// <param name="DeadLetterEnd">Where the next dead letter of the partition will be.</param>
/// <param name="WasPastEnd">Whether the ledger stood past the end: what it speaks of is gone.</param>
internal sealed record RewindTarget(PartitionWatermarks Range, long Offset, long DeadLetterEnd, bool WasPastEnd)
{
    /// <summary>The move for people. The end was asked for before the move, and a running consumer may have got past it.</summary>
    /// <param name="from">Where the ledger stood; none if the partition was never read.</param>
    public LedgerMove From(long? from) =>
        new(Range.Partition, Range.Earliest, WasPastEnd ? Range.Latest : Math.Max(Range.Latest, from ?? 0), from, Offset);
}
