using Confluent.Kafka;

namespace MovieFriends.Verifier.Positions;

/// <summary>Where the partitions of a topic and their ledgers stand.</summary>
/// <param name="Topic">The topic's name.</param>
/// <param name="Partitions">Its partitions.</param>
/// <param name="PastEnd">Numbers of partitions whose ledger stands past their end.</param>
internal sealed record TopicPositions(string Topic, IReadOnlyList<PartitionLag> Partitions, params IReadOnlyList<int> PastEnd)
{
    /// <summary>Messages that are not in the graph yet.</summary>
    public long Lag => Partitions.Sum(partition => partition.Lag);

    /// <summary>Messages that the topic has lost before the ledger had passed them.</summary>
    public long Gone => Partitions.Sum(partition => partition.Gone);

    /// <summary>Whether the ledger has passed every message that there was, and no other.</summary>
    public bool Ok => Lag == 0 && Gone == 0 && PastEnd.Count == 0;

    /// <summary>Puts together what was read.</summary>
    /// <param name="ends">Where partitions began and ended at the start.</param>
    /// <param name="ledger">Where the ledger stands.</param>
    /// <param name="now">Where partitions end now that the ledger is read.</param>
    public static TopicPositions Of(
        IReadOnlyDictionary<TopicPartition, (long Earliest, long Latest)> ends,
        IReadOnlyDictionary<TopicPartition, long> ledger,
        IReadOnlyDictionary<TopicPartition, (long Earliest, long Latest)> now) => new(
        ends.Keys.First().Topic,
        [.. ends.OrderBy(end => end.Key.Partition.Value).Select(end => new PartitionLag(
            end.Key.Partition.Value, end.Value.Earliest, end.Value.Latest, ledger.TryGetValue(end.Key, out var next) ? next : null))],
        [.. ledger.Where(entry => entry.Value > now[entry.Key].Latest).Select(entry => entry.Key.Partition.Value).Order()]);
}
