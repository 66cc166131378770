using Confluent.Kafka;
using MovieFriends.KafkaToNeo4j.Batching;

namespace MovieFriends.KafkaToNeo4j.Workers;

/// <summary>An assigned partition as its worker sees it: what was polled of it, and what the worker may ask of the poll thread, the only one that seeks, pauses and resumes.</summary>
internal interface IAssignedPartition
{
    TopicPartition Partition { get; }

    /// <summary>What was polled and waits.</summary>
    PartitionBuffer Buffer { get; }

    /// <summary>Reading is to go on at an offset.</summary>
    void Seek(long offset);

    /// <summary>The buffer, which was full, has room again.</summary>
    void Resume();

    /// <summary>A batch was taken out of the buffer.</summary>
    void Taken();
}
