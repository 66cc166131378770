using MovieFriends.Contracts.Graph;
using MovieFriends.Extensions;

namespace MovieFriends.Consumer.Ledger;

/// <summary>Decides where reading of a partition starts.</summary>
internal static class LedgerStart
{
    /// <summary>Compares the ledger with the partition.</summary>
    /// <returns>The offset to start at, and how many messages are skipped because they are gone.</returns>
    /// <exception cref="FatalException">The ledger and the topic do not belong together, or messages are gone and the policy is to stop.</exception>
    public static (long Offset, long Gone) Decide(string topic, int partition, LedgerEntry? entry, PartitionRange range, GapPolicy policy)
    {
        if (entry is not { } ledger)
            return (range.Low, 0);

        var id = GraphNames.LedgerId(topic, partition);
        if (ledger.TopicId.Length > 0 && range.TopicId.Length > 0 && ledger.TopicId != range.TopicId)
        {
            throw TopicIdentity.Changed(topic, ledger.TopicId, range.TopicId);
        }

        if (ledger.NextOffset > range.High)
        {
            throw new FatalException(
                $"The graph's ledger {id} stands at offset {ledger.NextOffset}, past the end of the partition at {range.High}: the topic was deleted and created again, or has lost messages. {TopicIdentity.WayOut(topic)}");
        }

        var gone = range.Low - ledger.NextOffset;
        if (gone <= 0)
            return (ledger.NextOffset, 0);

        return policy == GapPolicy.Skip
            ? (range.Low, gone)
            : throw new FatalException(
                $"{gone} messages of {topic} partition {partition} (offsets {ledger.NextOffset} to {range.Low - 1}) were deleted by retention before they were read. To go on without them, set Consumer:OnGap=Skip.");
    }
}
