using Microsoft.Extensions.DependencyInjection;
using MovieFriends.Extensions;
using MovieFriends.KafkaToNeo4j;
using MovieFriends.KafkaToNeo4j.Batching;
using MovieFriends.KafkaToNeo4j.DeadLetters;
using MovieFriends.KafkaToNeo4j.Ledger;
using MovieFriends.KafkaToNeo4j.Workers;
using MovieFriends.KafkaToNeo4j.Writing;

namespace MovieFriends.Simulation.Planted;

/// <summary>A worker as the engine puts it together, with a plant between it and its partition, its writer and its position.</summary>
internal static class PlantedWorker
{
    public static PartitionWorker New(IServiceProvider provider, Plant plant, IAssignedPartition partition, Action<FatalException> onFatal)
    {
        var (deadLetters, fence) = (new PendingDeadLetters(), new LedgerFence());
        var writer = plant.Of(ActivatorUtilities.CreateInstance<GraphWriter>(provider, deadLetters, fence), provider);
        return ActivatorUtilities.CreateInstance<PartitionWorker>(
            provider,
            ActivatorUtilities.CreateInstance<BatchSource>(provider, partition),
            plant.Of(ActivatorUtilities.CreateInstance<PartitionPosition>(provider, partition.Partition, deadLetters, fence)),
            ActivatorUtilities.CreateInstance<BatchWriter>(provider, partition.Partition, writer),
            onFatal);
    }
}

/// <summary>What writes batches, as a worker sees it, with a fault in between.</summary>
internal abstract class PlantedWriter(IGraphWriter writer) : IGraphWriter
{
    public bool WritesAhead => writer.WritesAhead;

    protected IGraphWriter Writer => writer;

    public virtual Task<OpenTransaction> ClaimAsync(int partition, MessageBatch batch, CancellationToken cancellationToken) =>
        writer.ClaimAsync(partition, batch, cancellationToken);

    public virtual Task<BatchOutcome> WriteAsync(
        OpenTransaction claimed, int partition, MessageBatch batch, bool lookUp, string? rejection, CancellationToken cancellationToken) =>
        writer.WriteAsync(claimed, partition, batch, lookUp, rejection, cancellationToken);

    public virtual Task<(OpenTransaction Open, WriteResult Written)> PrepareAsync(MessageBatch batch) => writer.PrepareAsync(batch);

    public virtual Task<BatchOutcome> WritePreparedAsync(
        OpenTransaction prepared, WriteResult written, int partition, MessageBatch batch, CancellationToken cancellationToken) =>
        writer.WritePreparedAsync(prepared, written, partition, batch, cancellationToken);
}
