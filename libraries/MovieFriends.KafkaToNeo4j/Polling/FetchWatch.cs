using Confluent.Kafka;
using MovieFriends.KafkaToNeo4j.Ports;

namespace MovieFriends.KafkaToNeo4j.Polling;

/// <summary>Kafka's client brings nothing of a partition, though Kafka answers and has messages. A new client does.</summary>
internal sealed class StalledFetchException(int partition, TimeSpan time) : Exception($"Nothing of partition {partition} has come for {time.TotalSeconds:0} s, though there are messages.")
{
    public int Partition => partition;

    public TimeSpan Time => time;
}

/// <summary>
/// Whether the client brings what there is of each partition. After a restart of the broker it can go on without fetching one that was just assigned:
/// it polls, brings the others, and reports nothing.
/// </summary>
internal sealed class FetchWatch(Func<IReadOnlyList<PartitionState>> assigned, IBrokerClient broker, IEngineThreads threads)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(2);

    /// <summary>Longer than a client takes to connect again and to hear who leads a partition.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private Dictionary<PartitionState, (long Heard, long Since)> _silent = [];

    /// <summary>Looks again and again, until cancelled.</summary>
    /// <exception cref="StalledFetchException">A partition was silent for too long.</exception>
    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(s_interval, threads.Time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            var silent = new Dictionary<PartitionState, (long Heard, long Since)>();
            foreach (var partition in assigned())
            {
                cancellationToken.ThrowIfCancellationRequested();
                var heard = partition.Heard;
                if (!await HasMoreAsync(partition) || partition.Heard != heard)
                    continue;
                var since = _silent.TryGetValue(partition, out var before) && before.Heard == heard ? before.Since : threads.Time.GetTimestamp();
                var time = threads.Time.GetElapsedTime(since);
                if (time >= s_patience)
                    throw new StalledFetchException(partition.Partition.Partition.Value, time);
                silent[partition] = (heard, since);
            }

            _silent = silent;
        }
    }

    // The client's own call blocks, and must be over before the client goes: it is waited for.
    private async Task<bool> HasMoreAsync(PartitionState partition)
    {
        if (partition.Wanted < 0 || partition.IsStopped)
            return false;
        try
        {
            var end = (await threads.CallAsync(() => broker.QueryWatermarkOffsets(partition.Partition, s_timeout))).High.Value;
            return partition.Wanted is >= 0 and var wanted && wanted < end;
        }
        catch (KafkaException)
        {
            return false;
        }
    }
}
