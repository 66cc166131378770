using Confluent.Kafka;
using MovieFriends.KafkaToNeo4j.Batching;
using MovieFriends.KafkaToNeo4j.Workers;

namespace MovieFriends.KafkaToNeo4j.Polling;

/// <summary>Whether the messages of a partition can be read.</summary>
internal enum PartitionReading
{
    /// <summary>They can, as far as is known.</summary>
    GoesOn,

    /// <summary>What it takes to read the next one is away: nothing is taken before it.</summary>
    Waits,

    /// <summary>The one that could not be read is to come again.</summary>
    Tries,
}

/// <summary>What the poll thread knows of an assigned partition. What can be set belongs to that thread; the rest is thread-safe.</summary>
internal sealed class PartitionState(TopicPartition partition, PartitionBuffer buffer, PollCommands commands) : IAssignedPartition
{
    private long _sought = -1;
    private long _heard;

    public TopicPartition Partition => partition;

    public PartitionBuffer Buffer => buffer;

    /// <summary>Whether fetching of the partition is paused.</summary>
    public bool IsPaused { get; set; }

    /// <summary>Whether a message behind those in the buffer was not accepted: reading is to stop before it.</summary>
    public bool HasDeclined { get; set; }

    /// <summary>How often the client has told anything of the partition since its assignment. By the first time it has found where to begin.</summary>
    public long Heard => Volatile.Read(ref _heard);

    /// <summary>The offset of the message that the client is to bring next; -1 if it is not to bring any.</summary>
    public long Wanted => IsPaused || HasDeclined || Reading != PartitionReading.GoesOn ? -1 : Math.Max(Volatile.Read(ref _sought), buffer.Position);

    /// <summary>Whether its messages can be read.</summary>
    public PartitionReading Reading { get; set; }

    /// <summary>Whether the partition has been taken away.</summary>
    public bool IsStopped { get; set; }

    public void Seek(long offset)
    {
        Volatile.Write(ref _sought, offset);
        commands.Seek(this, offset);
    }

    /// <summary>The client has sought what it was to seek.</summary>
    public void Sought() => Volatile.Write(ref _sought, -1);

    /// <summary>The client has told something of the partition.</summary>
    public void Hear() => Volatile.Write(ref _heard, _heard + 1);

    public void Resume() => commands.Resume(this);

    public void Taken() => commands.Taken();
}
