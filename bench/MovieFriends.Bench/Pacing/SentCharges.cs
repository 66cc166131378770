using MovieFriends.Bench.Environments;

namespace MovieFriends.Bench.Pacing;

/// <summary>What the broker has confirmed in a topic that nobody else writes to. Thread-safe.</summary>
/// <param name="first">The number of the first charge that counts.</param>
/// <param name="end">The number after the last one.</param>
internal sealed class SentCharges(long first, long end)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, SortedList<long, SentCharge>> _partitions = [];
    private readonly Dictionary<int, long> _ends = [];
    private readonly Dictionary<int, long> _countedEnds = [];
    private long _counted;

    /// <summary>Those that count, with partition and offset.</summary>
    public IReadOnlyList<(int Partition, long Offset, SentCharge Charge)> Counted
    {
        get
        {
            lock (_lock)
            {
                return
                [
                    .. _partitions.SelectMany(partition => partition.Value
                        .Where(sent => Counts(sent.Value))
                        .Select(sent => (partition.Key, sent.Key, sent.Value))),
                ];
            }
        }
    }

    public void Add(int partition, long offset, SentCharge charge)
    {
        lock (_lock)
        {
            if (!_partitions.TryGetValue(partition, out var sent))
                _partitions[partition] = sent = [];
            sent.Add(offset, charge);
            Raise(_ends, partition, offset);
            if (!Counts(charge))
                return;
            Raise(_countedEnds, partition, offset);
            _counted++;
        }
    }

    /// <summary>Whether all that count are in the topic, and below these positions.</summary>
    /// <param name="positions">For each partition the first offset that is not reached.</param>
    public bool CountedAreBelow(IReadOnlyDictionary<int, long> positions)
    {
        lock (_lock)
            return _counted == end - first && Lag(_countedEnds, positions) == 0;
    }

    /// <summary>How many messages of the topic are not below these positions.</summary>
    public long Lag(IReadOnlyDictionary<int, long> positions)
    {
        lock (_lock)
            return Lag(_ends, positions);
    }

    /// <summary>What the graph must hold if everything below these positions is in it, and nothing else.</summary>
    public ChargeTotals TotalsBelow(IReadOnlyDictionary<int, long> positions)
    {
        lock (_lock)
        {
            var charges = _partitions
                .SelectMany(partition => partition.Value.Where(sent => sent.Key < positions.GetValueOrDefault(partition.Key)).Select(sent => sent.Value))
                .ToList();
            return new ChargeTotals(charges.Count, charges.Count, charges.Sum(charge => charge.UserId), charges.Sum(charge => charge.Amount));
        }
    }

    private bool Counts(SentCharge charge) => charge.Number >= first && charge.Number < end;

    private static long Lag(Dictionary<int, long> ends, IReadOnlyDictionary<int, long> positions) =>
        ends.Sum(partition => Math.Max(0, partition.Value - positions.GetValueOrDefault(partition.Key)));

    private static void Raise(Dictionary<int, long> ends, int partition, long offset) =>
        ends[partition] = Math.Max(ends.GetValueOrDefault(partition), offset + 1);
}
