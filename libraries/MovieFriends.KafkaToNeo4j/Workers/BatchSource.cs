using Confluent.Kafka;
using MovieFriends.KafkaToNeo4j.Batching;
using MovieFriends.KafkaToNeo4j.Bookkeeping;

namespace MovieFriends.KafkaToNeo4j.Workers;

/// <summary>Where a worker takes its batches from, and where they go when it is done with them.</summary>
internal sealed class BatchSource(IAssignedPartition assigned, BatchPool pool, StopCondition stop, StreamOptions options)
{
    public TopicPartition Partition => assigned.Partition;

    /// <summary>Starts at an offset.</summary>
    public void Seek(long offset) => assigned.Seek(offset);

    /// <summary>Waits until there is something, and takes it.</summary>
    /// <returns>Null if nothing has come for so long that the worker should look after its ledger.</returns>
    public async ValueTask<MessageBatch?> TakeAsync(CancellationToken cancellationToken)
    {
        var (batch, resume) = await assigned.Buffer.TakeAsync(options.IdleCheckInterval, cancellationToken);
        return Taken(batch, resume);
    }

    /// <summary>Takes a full batch, if one waits.</summary>
    public MessageBatch? TakeFull()
    {
        var (batch, resume) = assigned.Buffer.TakeFull();
        return Taken(batch, resume);
    }

    /// <summary>A batch is in the graph.</summary>
    public void Return(MessageBatch batch) => pool.Return(batch);

    /// <summary>A batch is not written here.</summary>
    public void Discard(MessageBatch batch)
    {
        stop.Discarded(batch.Count);
        pool.Return(batch);
    }

    /// <summary>Throws away what waits. Nothing more is taken before a seek.</summary>
    public void Clear() => stop.Discarded(assigned.Buffer.Reset(-1));

    private MessageBatch? Taken(MessageBatch? batch, bool resume)
    {
        if (resume)
            assigned.Resume();
        if (batch is not null)
            assigned.Taken();
        return batch;
    }
}
