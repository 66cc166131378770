namespace MovieFriends.Consumer.Ledger;

/// <summary>What a partition holds.</summary>
/// <param name="TopicId">The topic's id in its cluster; empty where the broker has none.</param>
/// <param name="Low">The offset of the first message that is still there.</param>
/// <param name="High">The offset that the next message will get: the high watermark.</param>
internal readonly record struct PartitionRange(string TopicId, long Low, long High);
