namespace MovieFriends.Simulation.Graph;

/// <summary>A node of the offset ledger.</summary>
internal sealed record LedgerNode(long NextOffset, string TopicId, string Owner, long? DeadLetterOffset, long StartedOver);

/// <summary>A row that a statement writes: one event, of one message or of several.</summary>
/// <param name="Id">What is unique.</param>
/// <param name="Key">A neighbour that is locked with it.</param>
/// <param name="IsRefused">Whether the database takes it.</param>
/// <param name="Partition">Where its messages are.</param>
/// <param name="Log">Which log of the partition they were made for.</param>
/// <param name="Offsets">Their offsets.</param>
internal sealed record Row(string Id, string Key, bool IsRefused, int Partition, int Log, IReadOnlyList<long> Offsets);
