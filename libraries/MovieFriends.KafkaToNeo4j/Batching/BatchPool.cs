using System.Collections.Concurrent;

namespace MovieFriends.KafkaToNeo4j.Batching;

/// <summary>Batches that are not in use. Their number is bounded by what buffers may hold, so memory stays flat.</summary>
internal sealed class BatchPool(StreamSettings stream)
{
    private readonly ConcurrentBag<MessageBatch> _free = [];

    public MessageBatch Rent() => _free.TryTake(out var batch) ? batch : new MessageBatch(stream.Options.MaxBatchSize, stream.NewRows);

    public void Return(MessageBatch batch)
    {
        batch.Clear();
        _free.Add(batch);
    }
}
