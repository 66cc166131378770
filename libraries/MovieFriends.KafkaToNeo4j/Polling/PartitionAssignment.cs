using System.Diagnostics.CodeAnalysis;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using MovieFriends.KafkaToNeo4j.Batching;
using MovieFriends.KafkaToNeo4j.Bookkeeping;
using MovieFriends.KafkaToNeo4j.Ports;
using MovieFriends.KafkaToNeo4j.Workers;

namespace MovieFriends.KafkaToNeo4j.Polling;

/// <summary>The partitions that this consumer has now: comes and goes with rebalances, and does what workers ask for. Belongs to the poll thread.</summary>
internal sealed partial class PartitionAssignment(
    IGroupConsumer consumer,
    PartitionWorkers workers,
    PollCommands commands,
    OffsetCommitter committer,
    BatchPool pool,
    StreamOptions options,
    TimeProvider time,
    ILogger<PartitionAssignment> logger)
{
    private readonly Dictionary<int, PartitionState> _partitions = [];
    private volatile PartitionState[] _current = [];

    public bool TryGet(int partition, [NotNullWhen(true)] out PartitionState? state) => _partitions.TryGetValue(partition, out state);

    /// <summary>All of them, for who only looks. Thread-safe.</summary>
    public IReadOnlyList<PartitionState> Current => _current;

    /// <summary>Takes over partitions.</summary>
    /// <returns>Where the client is to begin: the ledger says where each starts, and a worker asks it without holding up this thread. Until then: nothing.</returns>
    public List<TopicPartitionOffset> Assign(List<TopicPartition> partitions)
    {
        LogAssigned(logger, string.Join(", ", partitions.Select(p => p.Partition.Value)));
        Add(partitions);
        return partitions.ConvertAll(AtEnd);
    }

    /// <summary>Gives partitions back, in order.</summary>
    public void Revoke(List<TopicPartitionOffset> partitions)
    {
        Lose(partitions);
        committer.Flush();
    }

    /// <summary>Gives partitions up that may be another consumer's already.</summary>
    public void Lose(List<TopicPartitionOffset> partitions) => Remove(partitions.Select(p => p.Partition.Value));

    /// <summary>Gives up all partitions.</summary>
    public void Clear() => Remove([.. _partitions.Keys]);

    /// <summary>Lets a partition find out again where to start: the broker no longer has the messages that come next.</summary>
    public void Restart(TopicPartition partition)
    {
        // The client fetches a partition no more once it has told of this, whatever it is asked to seek, unless it is assigned anew.
        consumer.IncrementalUnassign(partition);
        consumer.IncrementalAssign(AtEnd(partition));
        Remove([partition.Partition.Value]);
        Add([partition]);
    }

    /// <summary>Fetches nothing more of a partition until its worker has made room.</summary>
    public void Pause(PartitionState partition)
    {
        consumer.Pause(partition.Partition);
        partition.IsPaused = true;
    }

    /// <summary>Whether another partition that is not paused has no full batch left, so that its worker may soon have nothing to do.</summary>
    public bool RunsDry(PartitionState except)
    {
        foreach (var partition in _partitions.Values)
        {
            if (partition != except && !partition.IsPaused && !partition.Buffer.HasFullBatch)
                return true;
        }

        return false;
    }

    /// <summary>Does what workers have asked for.</summary>
    public void ExecuteCommands()
    {
        List<PollCommands.Command>? later = null;
        while (commands.TryTake(out var command))
        {
            if (!command.Partition.IsStopped && !TryExecute(command))
                (later ??= []).Add(command);
        }

        // Once more after a poll.
        later?.ForEach(commands.Repeat);
    }

    private static TopicPartitionOffset AtEnd(TopicPartition partition) => new(partition, Offset.End);

    private void Add(List<TopicPartition> partitions)
    {
        var added = partitions.ConvertAll(partition => new PartitionState(partition, new PartitionBuffer(pool, options.MaxWaitingMessages, time), commands));
        foreach (var partition in added)
            _partitions[partition.Partition.Partition.Value] = partition;
        _current = [.. _partitions.Values];
        workers.Start(added);
    }

    private void Remove(IEnumerable<int> partitions)
    {
        var removed = new List<PartitionState>();
        foreach (var partition in partitions)
        {
            if (_partitions.Remove(partition, out var state))
                removed.Add(state);
        }

        _current = [.. _partitions.Values];
        removed.ForEach(partition => partition.IsStopped = true);
        workers.Stop(removed);
    }

    // Before the client has fetched anything it may still be asking where the partition ends, as it was assigned there. When it hears of that after a
    // seek, it asks once more, begins at the end after all, and everything before is skipped without a word (rd_kafka_toppar_handle_Offset).
    private bool TryExecute(PollCommands.Command command)
    {
        var partition = command.Partition;
        try
        {
            if (command.Offset is { } offset)
            {
                if (partition.Heard == 0)
                    return false;
                consumer.Seek(new TopicPartitionOffset(partition.Partition, offset));
                partition.Buffer.Reset(offset);
                partition.Sought();
                partition.HasDeclined = false;
                partition.Reading = PartitionReading.GoesOn;
            }

            // One that waits until it can be read is resumed by what it waits for.
            if (partition.IsPaused && partition.Reading != PartitionReading.Waits)
                Resume(partition, command.Offset is null);
            return true;
        }
        catch (KafkaException exception) when (exception.Error.Code is ErrorCode.Local_State or ErrorCode.Local_TimedOut)
        {
            // The client does not fetch the partition now.
            return false;
        }
    }

    private void Resume(PartitionState partition, bool inPlace)
    {
        consumer.Resume(partition.Partition);
        partition.IsPaused = false;

        // The client notices a resumption when something else wakes its broker thread, up to a second later; a seek wakes it.
        if (inPlace && partition.Buffer.Position is var position and >= 0)
            consumer.Seek(new TopicPartitionOffset(partition.Partition, position));
    }

    [LoggerMessage(LogLevel.Information, "Partitions assigned: {Partitions}")]
    private static partial void LogAssigned(ILogger logger, string partitions);
}
