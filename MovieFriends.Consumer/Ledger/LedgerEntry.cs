namespace MovieFriends.Consumer.Ledger;

/// <summary>What the ledger says about a partition.</summary>
/// <param name="NextOffset">The offset of the first message whose charge is not in the graph.</param>
/// <param name="TopicId">The topic's id in its cluster; empty where the broker has none.</param>
/// <param name="Owner">Who moved it last.</param>
/// <param name="DeadLetterOffset">Where, in the dead-letter topic, letters of messages from <paramref name="NextOffset"/> on can begin; null is not known.</param>
internal readonly record struct LedgerEntry(long NextOffset, string TopicId, string Owner, long? DeadLetterOffset);
