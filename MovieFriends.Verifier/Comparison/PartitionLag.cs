namespace MovieFriends.Verifier.Comparison;

/// <summary>One partition and its ledger.</summary>
/// <param name="Partition">Its number.</param>
/// <param name="Earliest">The first offset that is there.</param>
/// <param name="Latest">The offset after the last one, when the verifier started.</param>
/// <param name="Ledger">The next offset according to the graph; none before the first batch.</param>
internal sealed record PartitionLag(int Partition, long Earliest, long Latest, long? Ledger)
{
    /// <summary>Messages that are not in the graph yet.</summary>
    public long Lag => Math.Max(0, Latest - Math.Max(Earliest, Ledger ?? 0));

    /// <summary>Messages that the topic has lost before the ledger had passed them: they are in no graph. None before the first batch, which begins with what is there.</summary>
    public long Gone => Ledger is { } ledger ? Math.Max(0, Earliest - ledger) : 0;
}
