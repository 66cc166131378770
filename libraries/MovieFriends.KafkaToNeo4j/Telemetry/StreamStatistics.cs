using MovieFriends.KafkaToNeo4j.Batching;
using MovieFriends.KafkaToNeo4j.Writing;

namespace MovieFriends.KafkaToNeo4j.Telemetry;

/// <summary>What this process has done so far. Thread-safe.</summary>
internal sealed class StreamStatistics(TimeProvider time, RecentLatencies latencies)
{
    private readonly string _instance = Guid.NewGuid().ToString("n");
    private readonly Lock _lock = new();
    private long _firstPoll;
    private long _lastCommit;
    private long _messages;
    private long _bytes;
    private long _batches;
    private long _created;
    private long _updated;
    private long _deadLettered;
    private long _unmatched;
    private long _deadlocks;
    private long _retries;

    /// <summary>Messages settled: written, dead-lettered or skipped by policy.</summary>
    public long Settled
    {
        get
        {
            lock (_lock)
                return _messages;
        }
    }

    /// <summary>The clock of the report starts here, as in the article.</summary>
    public void FirstPoll() => Interlocked.CompareExchange(ref _firstPoll, time.GetTimestamp(), 0);

    public void Retry(bool deadlock)
    {
        Interlocked.Increment(ref _retries);
        if (deadlock)
            Interlocked.Increment(ref _deadlocks);
    }

    public void Committed(MessageBatch batch, BatchOutcome outcome)
    {
        lock (_lock)
        {
            _lastCommit = time.GetTimestamp();
            _batches++;
            _messages += batch.Count;
            _bytes += batch.ValueBytes;
            _created += outcome.Written.Created;
            _updated += outcome.Written.Updated;
            _deadLettered += outcome.DeadLettered;
            _unmatched += outcome.Written.Unmatched;
        }

        latencies.Record(batch.EventTimes, time.GetUtcNow());
    }

    /// <summary>How far it is.</summary>
    /// <param name="lag">The lag of each partition, as far as it is known.</param>
    public StreamStatus Status(IReadOnlyCollection<KeyValuePair<int, long>> lag)
    {
        var recent = latencies.Read();
        lock (_lock)
        {
            return new StreamStatus
            {
                Instance = _instance,
                Messages = _messages,
                Batches = _batches,
                Written = new WriteTotals(_created, _updated, _unmatched),
                Lag = lag.Count == 0 ? null : lag.Sum(partition => partition.Value),
                LatencyP50 = recent?.P50,
                LatencyP99 = recent?.P99,
                Retries = Interlocked.Read(ref _retries),
                DeadLettered = _deadLettered,
            };
        }
    }

    public StreamReport Report()
    {
        lock (_lock)
        {
            var seconds = _lastCommit == 0 ? 0 : time.GetElapsedTime(_firstPoll, _lastCommit).TotalSeconds;
            return new StreamReport
            {
                Messages = _messages,
                Bytes = _bytes,
                Seconds = seconds,
                Batches = _batches,
                Written = new WriteTotals(_created, _updated, _unmatched),
                DeadLettered = _deadLettered,
                Deadlocks = Interlocked.Read(ref _deadlocks),
            };
        }
    }
}
