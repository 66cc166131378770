using System.Collections.Concurrent;
using MovieFriends.KafkaToNeo4j.Batching;
using MovieFriends.KafkaToNeo4j.Ports;

namespace MovieFriends.KafkaToNeo4j.Polling;

/// <summary>What workers ask of the poll thread, the only one that seeks, pauses and resumes.</summary>
internal sealed class PollCommands(IEngineThreads threads)
{
    // The group hears nothing of the poll thread meanwhile, so that this is how much later it gives up partitions in a rebalance.
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(1);

    // Commands and the end of the process come without a batch being taken.
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentQueue<Command> _queue = new();
    private TaskCompletionSource? _taken;

    /// <summary>Reading of a partition is to go on at an offset.</summary>
    public void Seek(PartitionState partition, long offset) => _queue.Enqueue(new Command(partition, offset));

    /// <summary>A batch was taken out of a buffer.</summary>
    public void Taken() => Interlocked.Exchange(ref _taken, null)?.TrySetResult();

    /// <summary>Waits for up to a second until a full buffer has room.</summary>
    /// <param name="full">The buffer.</param>
    /// <param name="goesOn">Whether the wait still makes sense; asked at least every 20 ms.</param>
    /// <returns>Whether there is room.</returns>
    public bool WaitForRoom(PartitionBuffer full, Func<bool> goesOn)
    {
        var since = threads.Time.GetTimestamp();
        while (full.IsFull)
        {
            // A batch may have been taken meanwhile, and the partition's resumption with it: then it must not be paused.
            if (!goesOn() || threads.Time.GetElapsedTime(since) >= s_timeout)
                return !full.IsFull;
            var taken = new TaskCompletionSource();
            Volatile.Write(ref _taken, taken);
            if (full.IsFull)
                threads.Wait(taken.Task, s_look);
        }

        return true;
    }

    /// <summary>A partition that was paused has room again.</summary>
    public void Resume(PartitionState partition) => _queue.Enqueue(new Command(partition, null));

    /// <summary>A command could not be carried out yet.</summary>
    public void Repeat(Command command) => _queue.Enqueue(command);

    public bool TryTake(out Command command) => _queue.TryDequeue(out command);

    /// <summary>A seek if there is an offset, else only a resumption.</summary>
    internal readonly record struct Command(PartitionState Partition, long? Offset);
}
