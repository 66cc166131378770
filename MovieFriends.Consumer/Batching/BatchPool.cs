using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace MovieFriends.Consumer.Batching;

/// <summary>Batches that are not in use. Their number is bounded by what buffers may hold, so memory stays flat.</summary>
internal sealed class BatchPool(IOptions<ConsumerOptions> options)
{
    private readonly ConcurrentBag<ChargeBatch> _free = [];

    public ChargeBatch Rent() => _free.TryTake(out var batch) ? batch : new ChargeBatch(options.Value.MaxBatchSize);

    public void Return(ChargeBatch batch)
    {
        batch.Clear();
        _free.Add(batch);
    }
}
