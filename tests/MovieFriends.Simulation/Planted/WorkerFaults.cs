using Microsoft.Extensions.DependencyInjection;
using MovieFriends.KafkaToNeo4j;
using MovieFriends.KafkaToNeo4j.Batching;
using MovieFriends.KafkaToNeo4j.DeadLetters;
using MovieFriends.KafkaToNeo4j.Ledger;
using MovieFriends.KafkaToNeo4j.Telemetry;
using MovieFriends.KafkaToNeo4j.Workers;
using MovieFriends.KafkaToNeo4j.Writing;
using MovieFriends.Neo4j;
using MovieFriends.Simulation.Graph;
using MovieFriends.Simulation.Scheduling;
using Neo4j.Driver;

namespace MovieFriends.Simulation.Planted;

/// <summary>A prepared batch whose worker gives it up is not dropped: what it has written goes with the next transaction of the process.</summary>
internal sealed class KeptBatches : Plant
{
    private readonly Dictionary<string, OpenTransaction> _kept = [];

    public override bool Keeps(string process, OpenTransaction transaction, bool isPrepared) => isPrepared && _kept.TryAdd(process, transaction);

    public override OpenTransaction? Kept(string process) => _kept.Remove(process, out var transaction) ? transaction : null;
}

/// <summary>An attempt that is repeated is counted as if it had been committed.</summary>
internal sealed class CountsTwice : Plant
{
    public override IGraphWriter Of(IGraphWriter writer, IServiceProvider services) => new Counting(writer, services.GetRequiredService<StreamStatistics>());

    private sealed class Counting(IGraphWriter writer, StreamStatistics statistics) : PlantedWriter(writer)
    {
        private long _last = -1;

        public override async Task<BatchOutcome> WriteAsync(
            OpenTransaction claimed, int partition, MessageBatch batch, bool lookUp, string? rejection, CancellationToken cancellationToken)
        {
            var outcome = await base.WriteAsync(claimed, partition, batch, lookUp, rejection, cancellationToken);
            if (_last == batch.FromOffset)
                statistics.Committed(batch, outcome);
            _last = batch.FromOffset;
            return outcome;
        }
    }
}

/// <summary>Rows go to the graph in another order now and then.</summary>
internal sealed class TurnedOrder : Plant
{
    private int _count;

    public override List<Row> InOrder(List<Row> rows)
    {
        if (++_count % 2 == 0)
            rows.Reverse();
        return rows;
    }
}

internal sealed class LostWakeUps : Plant
{
    public override bool LosesWakeUp(Random random) => random.Next(3_000) == 0;
}

/// <summary>A worker does not hear that it is to stop, and is waited for without a limit.</summary>
internal sealed class EndlessStops : Plant
{
    private TimeSpan _leaveTimeout;

    public override void Started(IServiceProvider services, Context process) => _leaveTimeout = services.GetRequiredService<StreamOptions>().LeaveTimeout;

    public override bool LosesStop(Random random) => true;

    public override bool LosesTimer(Random random, TimeSpan dueTime) => dueTime == _leaveTimeout;
}

/// <summary>Kafka hears of a message as soon as it is polled.</summary>
internal sealed class EarlyCommits : Plant
{
    public override bool CommitsWhatIsPolled(Random random) => random.Next(20) == 0;
}

/// <summary>Where the partition stands, as a worker hears it, with a fault in between.</summary>
internal sealed class PlantedPosition(IPartitionPosition position) : IPartitionPosition
{
    /// <summary>Whether the ledger is always found where it is thought to be.</summary>
    public bool NeverMoves { get; init; }

    public string Owner => position.Owner;

    public long StartedOver => position.StartedOver;

    public PendingDeadLetters DeadLetters => position.DeadLetters;

    public Task<long> FindStartAsync(CancellationToken cancellationToken) => position.FindStartAsync(cancellationToken);

    public async Task<bool> IsAtAsync(long at, CancellationToken cancellationToken) => await position.IsAtAsync(at, cancellationToken) || NeverMoves;

    public Task<LedgerEntry?> ReadAsync() => position.ReadAsync();
}

internal sealed class MissesMoves : Plant
{
    public override IPartitionPosition Of(IPartitionPosition position) => new PlantedPosition(position) { NeverMoves = true };
}

/// <summary>Who finds a batch not to be its own any more goes on with the next one, as if it were written.</summary>
internal sealed class GoesOnWhenFenced : Plant
{
    public override IGraphWriter Of(IGraphWriter writer, IServiceProvider services) => new Passing(writer);

    private sealed class Passing(IGraphWriter writer) : PlantedWriter(writer)
    {
        public override async Task<OpenTransaction> ClaimAsync(int partition, MessageBatch batch, CancellationToken cancellationToken)
        {
            try
            {
                return await base.ClaimAsync(partition, batch, cancellationToken);
            }
            catch (LedgerMovedException)
            {
                return new Nothing();
            }
        }

        public override Task<BatchOutcome> WriteAsync(
            OpenTransaction claimed, int partition, MessageBatch batch, bool lookUp, string? rejection, CancellationToken cancellationToken) =>
            claimed is Nothing ? Task.FromResult(default(BatchOutcome)) : base.WriteAsync(claimed, partition, batch, lookUp, rejection, cancellationToken);
    }

    private sealed class Nothing : OpenTransaction
    {
        public override IAsyncQueryRunner Runner => throw new NotSupportedException();

        public override Task<IReadOnlyList<IReadOnlyDictionary<string, object>>> ListAsync(GraphQuery query, IDictionary<string, object?> parameters) =>
            throw new NotSupportedException();

        public override Task ExecuteAsync(GraphQuery query, IDictionary<string, object?> parameters) => throw new NotSupportedException();

        public override Task CommitAsync() => Task.CompletedTask;

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
