using Confluent.Kafka;
using MovieFriends.Consumer.Batching;
using MovieFriends.Consumer.Polling;
using MovieFriends.Consumer.Telemetry;
using MovieFriends.Extensions;

namespace MovieFriends.Consumer.Lanes;

/// <summary>One assigned partition: its buffer, and the writer that empties it, one commit after the other.</summary>
internal sealed class PartitionLane(
    TopicPartition partition,
    PartitionBuffer buffer,
    BatchPool pool,
    PartitionLocator locator,
    BatchProcessor processor,
    PollCommands commands,
    StopCondition stop,
    ConsumerTelemetry telemetry,
    TimeSpan idleCheckInterval,
    Action<FatalException> onFatal) : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;

    public TopicPartition Partition => partition;

    public PartitionBuffer Buffer => buffer;

    /// <summary>Whether fetching of the partition is paused. Belongs to the poll thread.</summary>
    public bool IsPaused { get; set; }

    /// <summary>Whether a message behind those in the buffer was not accepted: reading is to stop before it. Belongs to the poll thread.</summary>
    public bool HasRefused { get; set; }

    /// <summary>Whether the client has told anything of the partition since its assignment: it has found the place to begin at by then. Belongs to the poll thread.</summary>
    public bool IsFetched { get; set; }

    /// <summary>Whether the partition has been taken away. Belongs to the poll thread.</summary>
    public bool IsStopped { get; private set; }

    public void Start() => _running = Task.Run(() => RunAsync(_stopping.Token));

    /// <summary>Lets the transaction under way end, drops what waits, and gives the transaction up if it takes too long.</summary>
    /// <returns>Whether it ended in time. If not, the ledger keeps it from doing harm.</returns>
    public async Task<bool> StopAsync(TimeSpan patience)
    {
        IsStopped = true;
        stop.Discarded(buffer.Reset(-1));

        // In this order: what ends because nothing is repeated must find that it was told to, or it looks like a failure.
        await _stopping.CancelAsync();
        processor.StopRetrying();
        try
        {
            await _running.WaitAsync(patience);
            return true;
        }
        catch (TimeoutException)
        {
            processor.Abandon();
            return false;
        }
    }

    public void Dispose()
    {
        _stopping.Dispose();
        processor.Dispose();
        buffer.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            for (; ; )
            {
                await processor.DrainAsync(cancellationToken);
                var place = await locator.LocateAsync(partition.Partition.Value, cancellationToken);
                processor.Begin(place.DeadLetters, place.End);
                stop.Located(partition.Partition.Value, place.Start, place.End);
                telemetry.Lags.Settled(partition.Partition.Value, place.Start);
                telemetry.Lags.Ends(partition.Partition.Value, place.End);
                commands.Seek(this, place.Start);
                await WriteUntilTheLedgerMovesAsync(place.Start, cancellationToken);
                stop.Discarded(buffer.Reset(-1));
            }
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // Stopped; whatever a transaction that is given up says then, the ledger has not moved.
        }
        catch (FatalException exception)
        {
            onFatal(exception);
        }
#pragma warning disable CA1031 // A lane that dies unseen would leave its partition standing still.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            onFatal(new FatalException($"The writer of {partition} failed: {exception}", exception));
        }
    }

    private async Task WriteUntilTheLedgerMovesAsync(long position, CancellationToken cancellationToken)
    {
        ChargeBatch? next = null;
        try
        {
            for (; ; )
            {
                cancellationToken.ThrowIfCancellationRequested();
                var batch = next ?? await TakeAsync(cancellationToken);
                next = null;
                if (batch is null)
                {
                    if (await locator.StandsAtAsync(partition.Partition.Value, position, cancellationToken))
                        continue;
                    return;
                }

                var settled = false;
                try
                {
                    settled = await processor.ProcessAsync(batch, () => next = TakeFull());
                }
                finally
                {
                    if (!settled)
                        stop.Discarded(batch.Count);
                }

                position = batch.NextOffset;
                pool.Return(batch);
                if (!settled)
                    return;
            }
        }
        finally
        {
            if (next is not null)
            {
                await processor.GiveUpAheadAsync();
                stop.Discarded(next.Count);
                pool.Return(next);
            }
        }
    }

    private async ValueTask<ChargeBatch?> TakeAsync(CancellationToken cancellationToken)
    {
        var (batch, resume) = await buffer.TakeAsync(idleCheckInterval, cancellationToken);
        return Taken(batch, resume);
    }

    private ChargeBatch? TakeFull()
    {
        var (batch, resume) = buffer.TakeFull();
        return Taken(batch, resume);
    }

    private ChargeBatch? Taken(ChargeBatch? batch, bool resume)
    {
        if (resume)
            commands.Resume(this);
        if (batch is not null)
            commands.Taken();
        return batch;
    }
}
