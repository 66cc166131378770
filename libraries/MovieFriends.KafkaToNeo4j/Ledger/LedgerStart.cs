using MovieFriends.Extensions;

namespace MovieFriends.KafkaToNeo4j.Ledger;

/// <summary>Decides where reading of a partition starts.</summary>
internal static class LedgerStart
{
    /// <summary>Compares the ledger with the partition.</summary>
    /// <returns>
    /// The offset to start at, how many messages are skipped because they are gone, and whether the ledger is to be started over there because
    /// it speaks of another topic.
    /// </returns>
    /// <exception cref="FatalException">The ledger and the topic do not belong together, or messages are gone, and the policy is to stop.</exception>
    public static (long Offset, long Gone, bool StartsOver) Decide(
        StreamSettings stream, int partition, LedgerEntry? entry, PartitionRange range)
    {
        if (entry is not { } ledger)
            return (range.Low, 0, false);

        var isOther = ledger.TopicId.Length > 0 && range.TopicId.Length > 0 && ledger.TopicId != range.TopicId;
        if (isOther || ledger.NextOffset > range.High)
        {
            return stream.Options.OnNewTopic == NewTopicPolicy.StartOver
                ? (range.Low, 0, true)
                : throw (isOther ? TopicIdentity.Changed(stream, ledger.TopicId, range.TopicId) : PastEnd(stream, partition, ledger, range));
        }

        var gone = range.Low - ledger.NextOffset;
        if (gone <= 0)
            return (ledger.NextOffset, 0, false);

        return stream.Options.OnGap == GapPolicy.Skip
            ? (range.Low, gone, false)
            : throw new FatalException(
                $"{gone} messages of {stream.Topic.Name} partition {partition} (offsets {ledger.NextOffset} to {range.Low - 1}) were deleted by retention before they were read. To go on without them, set {stream.Options.Key(nameof(StreamOptions.OnGap))}=Skip.");
    }

    private static FatalException PastEnd(StreamSettings stream, int partition, LedgerEntry ledger, PartitionRange range) => new(
        $"The graph's ledger {LedgerNames.IdOf(stream.Topic.Name, partition)} stands at offset {ledger.NextOffset}, past the end of the partition at {range.High}: the topic was deleted and created again, or has lost messages. {TopicIdentity.WayOut(stream)}");
}
