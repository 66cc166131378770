using MovieFriends.KafkaToNeo4j.Hosting;
using MovieFriends.KafkaToNeo4j.Telemetry;

namespace MovieFriends.KafkaToNeo4j.Bookkeeping;

/// <summary>Knows when a bounded consumer is done, and ends the run then. Thread-safe.</summary>
internal sealed class StopCondition(StreamOptions options, StreamStatistics statistics, StreamEnd end)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, (long Settled, long End)> _partitions = [];
    private readonly bool _atEnd = options.StopAt == StopPoint.End;
    private readonly long _limit = options.StopAfter > 0 ? options.StopAfter : long.MaxValue;

    // A run may follow another one.
    private readonly long _settledBefore = statistics.Settled;
    private bool _assignmentKnown;
    private long _accepted;
    private long _discarded;

    /// <summary>Messages to settle until the end, as far as known; 0 if there is none.</summary>
    public long Total
    {
        get
        {
            lock (_lock)
                return _atEnd ? statistics.Settled + _partitions.Values.Sum(p => Math.Max(p.End - p.Settled, 0)) : options.StopAfter;
        }
    }

    /// <summary>Whether one more message is wanted. Called by the poll thread for each message in turn.</summary>
    public bool Accept(int partition, long offset)
    {
        // What is discarded later is not made up for: messages were skipped by then.
        if (_accepted >= _limit)
            return false;
        if (_atEnd)
        {
            lock (_lock)
            {
                if (!_partitions.TryGetValue(partition, out var p) || offset >= p.End)
                    return false;
            }
        }

        Interlocked.Increment(ref _accepted);
        return true;
    }

    /// <summary>The message that was accepted last cannot be read now, and will come again.</summary>
    public void Withdraw() => Interlocked.Decrement(ref _accepted);

    /// <summary>Messages that were accepted are not settled here: their partition was taken away, or another owner was faster.</summary>
    public void Discarded(int messages)
    {
        if (messages == 0)
            return;

        lock (_lock)
            _discarded += messages;
        Check();
    }

    /// <summary>The partitions of this consumer are these, from now on.</summary>
    public void Assigned(IReadOnlyCollection<int> partitions)
    {
        lock (_lock)
        {
            foreach (var gone in _partitions.Keys.Except(partitions).ToArray())
                _partitions.Remove(gone);
            foreach (var partition in partitions)
                _partitions.TryAdd(partition, (-1, long.MaxValue));
            _assignmentKnown = true;
        }
    }

    /// <summary>It is known where reading of a partition starts, and where it ended at that time. The first end counts.</summary>
    public void Located(int partition, long start, long end)
    {
        lock (_lock)
        {
            var first = _partitions.TryGetValue(partition, out var p) && p.End != long.MaxValue ? p.End : end;
            _partitions[partition] = (start, first);
        }

        Check();
    }

    /// <summary>A partition is settled up to an offset.</summary>
    public void Settled(int partition, long nextOffset)
    {
        lock (_lock)
        {
            if (_partitions.TryGetValue(partition, out var p))
                _partitions[partition] = (nextOffset, p.End);
        }

        Check();
    }

    private void Check()
    {
        bool done;
        lock (_lock)
        {
            var accepted = Interlocked.Read(ref _accepted);
            done = (accepted >= _limit && statistics.Settled - _settledBefore >= accepted - _discarded)
                || (_atEnd && _assignmentKnown && _partitions.Values.All(p => p.Settled >= p.End));
        }

        if (done)
            end.Complete();
    }
}
