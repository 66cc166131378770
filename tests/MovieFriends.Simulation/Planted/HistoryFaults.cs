using Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;
using MovieFriends.KafkaToNeo4j;
using MovieFriends.KafkaToNeo4j.Batching;
using MovieFriends.KafkaToNeo4j.Polling;
using MovieFriends.KafkaToNeo4j.Writing;
using MovieFriends.Simulation.Graph;
using MovieFriends.Simulation.Scheduling;
using Neo4j.Driver;

namespace MovieFriends.Simulation.Planted;

// Faults that the engine had, and that were mended: each again, at the border where its effect is the same.

/// <summary>The broker was asked where a partition ends before the ledger was: another consumer could move it past that meanwhile.</summary>
internal sealed class OldEnds : Plant
{
    private readonly Dictionary<(string Process, int Partition), long> _before = [];

    public override long EndOf(string process, int partition, long end)
    {
        var answer = _before.GetValueOrDefault((process, partition), end);
        _before[(process, partition)] = end;
        return answer;
    }
}

/// <summary>A partition was paused though its buffer had room by then: nobody resumed it.</summary>
internal sealed class PausesWithRoom : Plant
{
    private readonly Dictionary<Context, PartitionAssignment> _assignments = [];

    public override void Started(IServiceProvider services, Context process) =>
        _assignments[process] = services.GetRequiredService<PartitionAssignment>();

    public override void Polled(Context process, int partition, Random random)
    {
        if (random.Next(50) == 0 && _assignments[process].TryGet(partition, out var state) && !state.IsPaused && !state.Buffer.IsFull)
            _assignments[process].Pause(state);
    }
}

/// <summary>What follows a commit failed, and was taken for a failure of the batch.</summary>
internal sealed class FailsAfterCommit : Plant
{
    private int _count;

    public override async Task CommitAsync(Func<Task> commit)
    {
        await commit();
        if (++_count % 20 == 0)
            throw new InvalidOperationException("The dump's folder is gone.");
    }
}

/// <summary>The marks of transactions behind the last message were not passed.</summary>
internal sealed class IgnoresEnds : Plant
{
    public override bool HidesEnd => true;
}

/// <summary>The broker of the dead letters was away, and the service ended for it.</summary>
internal sealed class EndsForDeadLetters : Plant
{
    public override async Task<long> ProduceAsync(Func<Task<long>> produce, Random random) =>
        await produce() is var offset && random.Next(10) == 0 ? throw new KafkaException(new Error(ErrorCode.Local_Fatal, "The broker is away.", isFatal: true)) : offset;
}

/// <summary>Messages that could not be read now were taken for ones that never can.</summary>
internal sealed class RejectsUnread : Plant
{
    public override RowResult Unread(RowResult result) => RowResult.Malformed(result.Missing!);
}

/// <summary>A client's own time-out was taken for the end that somebody had asked for, and the worker ended without a word.</summary>
internal sealed class EndsForTimeOuts : Plant
{
    public override Exception Failed(Exception exception) => exception is ServiceUnavailableException ? GraphFaults.Unknown() : exception;

    public override bool HearsFatal() => false;
}

/// <summary>Dead letters that were there were looked for once, when the partition was taken over, and not again before more were sent.</summary>
internal sealed class LooksOnce : Plant
{
    private readonly AsyncLocal<bool> _isWriting = new();

    public override bool FindsDeadLetters => !_isWriting.Value;

    public override IGraphWriter Of(IGraphWriter writer, IServiceProvider services) => new Writing(writer, _isWriting);

    private sealed class Writing(IGraphWriter writer, AsyncLocal<bool> isWriting) : PlantedWriter(writer)
    {
        public override async Task<BatchOutcome> WriteAsync(
            OpenTransaction claimed, int partition, MessageBatch batch, bool lookUp, string? rejection, CancellationToken cancellationToken)
        {
            isWriting.Value = true;
            return await base.WriteAsync(claimed, partition, batch, lookUp, rejection, cancellationToken);
        }

        public override async Task<BatchOutcome> WritePreparedAsync(
            OpenTransaction prepared, WriteResult written, int partition, MessageBatch batch, CancellationToken cancellationToken)
        {
            isWriting.Value = true;
            return await base.WritePreparedAsync(prepared, written, partition, batch, cancellationToken);
        }
    }
}
