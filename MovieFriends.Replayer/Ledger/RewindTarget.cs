using MovieFriends.Contracts.Reporting;

namespace MovieFriends.Replayer.Ledger;

/// <summary>Where the ledger of a partition is to go.</summary>
/// <param name="Range">What the partition has.</param>
/// <param name="Offset">The offset that is to be read next.</param>
/// <param name="DeadLetterEnd">Where the next dead letter of the partition will be.</param>
internal sealed record RewindTarget(PartitionOffsets Range, long Offset, long DeadLetterEnd);
