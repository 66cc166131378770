using System.Diagnostics.Metrics;

namespace MovieFriends.KafkaToNeo4j.Telemetry;

/// <summary>How far the graph is behind each partition of this consumer. Thread-safe.</summary>
internal sealed class PartitionLags
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, (long Settled, long High)> _partitions = [];

    public int[] Partitions
    {
        get
        {
            lock (_lock)
                return [.. _partitions.Keys.Order()];
        }
    }

    /// <summary>The partitions of this consumer are these, from now on.</summary>
    public void Assigned(IReadOnlyCollection<int> partitions)
    {
        lock (_lock)
        {
            foreach (var gone in _partitions.Keys.Except(partitions).ToArray())
                _partitions.Remove(gone);
            foreach (var partition in partitions)
                _partitions.TryAdd(partition, (-1, -1));
        }
    }

    /// <summary>The ledger of a partition stands at an offset.</summary>
    public void Settled(int partition, long nextOffset)
    {
        lock (_lock)
        {
            if (_partitions.TryGetValue(partition, out var known))
                _partitions[partition] = known with { Settled = nextOffset };
        }
    }

    /// <summary>The broker says where a partition ends.</summary>
    public void Ends(int partition, long high)
    {
        lock (_lock)
        {
            if (_partitions.TryGetValue(partition, out var known))
                _partitions[partition] = known with { High = high };
        }
    }

    /// <summary>The lag in messages of each partition of which ledger and end are known.</summary>
    public List<KeyValuePair<int, long>> Read()
    {
        lock (_lock)
        {
            return [.. _partitions
                .Where(p => p.Value is { Settled: >= 0, High: >= 0 })
                .Select(p => KeyValuePair.Create(p.Key, Math.Max(p.Value.High - p.Value.Settled, 0)))];
        }
    }

    /// <summary>The same as measurements.</summary>
    public IEnumerable<Measurement<long>> Measure(string topic) => Read().Select(lag => new Measurement<long>(
        lag.Value,
        new("messaging.system", StreamTelemetry.System),
        new("messaging.destination.name", topic),
        new("messaging.destination.partition.id", lag.Key.ToString(System.Globalization.CultureInfo.InvariantCulture))));
}
