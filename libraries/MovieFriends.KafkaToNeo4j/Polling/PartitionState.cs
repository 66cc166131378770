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
    public TopicPartition Partition => partition;

    public PartitionBuffer Buffer => buffer;

    /// <summary>Whether fetching of the partition is paused.</summary>
    public bool IsPaused { get; set; }

    /// <summary>Whether a message behind those in the buffer was not accepted: reading is to stop before it.</summary>
    public bool HasDeclined { get; set; }

    /// <summary>Whether the client has told anything of the partition since its assignment: it has found where to begin by then.</summary>
    public bool IsFetched { get; set; }

    /// <summary>Whether its messages can be read.</summary>
    public PartitionReading Reading { get; set; }

    /// <summary>Whether the partition has been taken away.</summary>
    public bool IsStopped { get; set; }

    public void Seek(long offset) => commands.Seek(this, offset);

    public void Resume() => commands.Resume(this);

    public void Taken() => commands.Taken();
}
