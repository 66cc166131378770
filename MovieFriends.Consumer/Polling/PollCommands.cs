using System.Collections.Concurrent;
using MovieFriends.Consumer.Lanes;

namespace MovieFriends.Consumer.Polling;

/// <summary>What lanes ask of the poll thread, the only one that seeks, pauses and resumes.</summary>
internal sealed class PollCommands
{
    private readonly ConcurrentQueue<Command> _queue = new();

    /// <summary>Reading of a lane's partition is to go on at an offset.</summary>
    public void Seek(PartitionLane lane, long offset) => _queue.Enqueue(new Command(lane, offset));

    /// <summary>A lane has room again.</summary>
    public void Resume(PartitionLane lane) => _queue.Enqueue(new Command(lane, null));

    /// <summary>A command could not be carried out yet.</summary>
    public void Repeat(Command command) => _queue.Enqueue(command);

    public bool TryTake(out Command command) => _queue.TryDequeue(out command);

    /// <summary>A seek if there is an offset, else only a resumption.</summary>
    internal readonly record struct Command(PartitionLane Lane, long? Offset);
}
