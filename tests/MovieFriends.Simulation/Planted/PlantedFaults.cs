using Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;
using MovieFriends.KafkaToNeo4j.Batching;
using MovieFriends.KafkaToNeo4j.Polling;
using MovieFriends.KafkaToNeo4j.Workers;
using MovieFriends.Simulation.Graph;
using MovieFriends.Simulation.Scheduling;
using Neo4j.Driver;

namespace MovieFriends.Simulation.Planted;

/// <summary>Of twenty statements with rows one loses a row.</summary>
internal sealed class LostRows(bool onlyUpserts) : Plant
{
    private int _count;

    public override List<Row> RowsOf(List<Row> rows, bool upsert)
    {
        if ((upsert || !onlyUpserts) && rows.Count > 0 && ++_count % 20 == 0)
            rows.RemoveAt(rows.Count - 1);
        return rows;
    }
}

/// <summary>A partition that is sought where it should not.</summary>
/// <param name="seek">Makes of the right offset, and of the group's, the wrong one.</param>
internal sealed class Seeks(Func<long, long, long> seek) : Plant
{
    public override IAssignedPartition Of(IAssignedPartition partition, Func<int, long?> committedByGroup, Random random) => new Partition(partition)
    {
        Seeking = offset => seek(offset, committedByGroup(partition.Partition.Partition.Value) ?? offset),
    };
}

internal sealed class LostResumes : Plant
{
    public override IAssignedPartition Of(IAssignedPartition partition, Func<int, long?> committedByGroup, Random random) => new Partition(partition)
    {
        Resuming = () => random.Next(3) > 0,
    };
}

/// <summary>A partition as a worker sees it, with a fault in between.</summary>
internal sealed class Partition(IAssignedPartition partition) : IAssignedPartition
{
    public Func<long, long> Seeking { get; init; } = static offset => offset;

    public Func<bool> Resuming { get; init; } = static () => true;

    TopicPartition IAssignedPartition.Partition => partition.Partition;

    public PartitionBuffer Buffer => partition.Buffer;

    public void Seek(long offset) => partition.Seek(Seeking(offset));

    public void Resume()
    {
        if (Resuming())
            partition.Resume();
    }

    public void Taken() => partition.Taken();
}

internal sealed class LostTimers : Plant
{
    public override bool LosesTimer(Random random, TimeSpan dueTime) => random.Next(10) == 0;
}

internal sealed class LostSteps : Plant
{
    public override bool LosesStep(Random random) => random.Next(2_000) == 0;
}

/// <summary>The engine believes at once that the client has found where the partition begins.</summary>
internal sealed class EarlySeeks : Plant
{
    private readonly Dictionary<Context, PartitionAssignment> _assignments = [];

    public override void Started(IServiceProvider services, Context process) =>
        _assignments[process] = services.GetRequiredService<PartitionAssignment>();

    public override void Assigned(Context process, IReadOnlyList<int> partitions)
    {
        foreach (var partition in partitions)
        {
            if (_assignments[process].TryGet(partition, out var state))
                state.Hear();
        }
    }
}

internal sealed class Drops : Plant
{
    public override bool DropsMessage(Random random) => random.Next(100) == 0;
}

internal sealed class Ends : Plant
{
    public override long EndIsTooFar(Random random) => random.Next(10) == 0 ? 1 : 0;
}

/// <summary>Dead letters that are sent in another way.</summary>
internal sealed class Letters(Func<Func<Task<long>>, Task<long>> send) : Plant
{
    public override Task<long> ProduceAsync(Func<Task<long>> produce, Random random) => send(produce);
}

internal sealed class LeftOpen : Plant
{
    public override bool LeavesTransactionsOpen(Random random) => true;
}

/// <summary>A writer that fails in a way that nobody expects, and an engine that does not say so.</summary>
internal sealed class Swallows : Plant
{
    private int _count;

    public override List<Row> RowsOf(List<Row> rows, bool upsert) =>
        ++_count % 20 == 0 ? throw new InvalidOperationException("Nobody expects this.") : rows;

    public override bool HearsFatal() => false;
}

internal sealed class Misjudges : Plant
{
    public override Exception Failed(Exception exception) => exception is ServiceUnavailableException ? GraphFaults.Unknown() : exception;
}

internal sealed class Leaks : Plant
{
    private ConcurrencyLimit? _limit;

    public override void Started(IServiceProvider services, Context process) => _limit = services.GetRequiredService<ConcurrencyLimit>();

    public override async Task CommitAsync(Func<Task> commit)
    {
        try
        {
            await commit();
        }
        catch (Neo4jException)
        {
            _limit?.TryAcquire();
            throw;
        }
    }
}
