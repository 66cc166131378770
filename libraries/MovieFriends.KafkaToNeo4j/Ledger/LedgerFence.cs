namespace MovieFriends.KafkaToNeo4j.Ledger;

/// <summary>
/// Which of the topics that had the name one after the other a worker has its offsets from. What it writes counts only as long as the ledger
/// speaks of the same one. Used by one worker.
/// </summary>
internal sealed class LedgerFence
{
    /// <summary>How often the ledger had been started over when the worker found its place.</summary>
    public long StartedOver { get; set; }
}
