using System.Diagnostics;
using Confluent.Kafka;
using MovieFriends.Extensions;
using MovieFriends.KafkaToNeo4j.Bookkeeping;
using MovieFriends.KafkaToNeo4j.Ledger;
using MovieFriends.KafkaToNeo4j.Ports;
using MovieFriends.KafkaToNeo4j.Telemetry;
using MovieFriends.KafkaToNeo4j.Writing;

namespace MovieFriends.KafkaToNeo4j.Workers;

/// <summary>Brings the messages of one assigned partition into the graph, one commit after the other, whatever the database does meanwhile.</summary>
internal sealed class PartitionWorker(
    BatchSource source,
    IPartitionPosition position,
    BatchWriter writer,
    BatchRetries retries,
    SettledBatches settled,
    StreamTelemetry telemetry,
    IEngineThreads threads,
    Action<FatalException> onFatal) : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _abandoned = new();
    private Task _running = Task.CompletedTask;

    public TopicPartition Partition => source.Partition;

    public void Start() => _running = threads.RunAsync(() => RunAsync(_stopping.Token));

    /// <summary>Lets the transaction under way end, repeats nothing, drops what waits, and gives the transaction up if it takes too long.</summary>
    /// <returns>Whether it ended in time. If not, the ledger keeps it from doing harm.</returns>
    public async Task<bool> StopAsync(TimeSpan timeout)
    {
        source.Clear();
        await threads.CancelAsync(_stopping);
        try
        {
            await _running.WaitAsync(timeout, threads.Time);
            return true;
        }
        catch (TimeoutException)
        {
            // It does not get to its commit any more, unless it is there already.
            await threads.CancelAsync(_abandoned);
            return false;
        }
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _abandoned.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            for (; ; )
            {
                var start = await position.FindStartAsync(cancellationToken);
                source.Seek(start);
                await WriteUntilTheLedgerMovesAsync(start, cancellationToken);
                source.Clear();
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
#pragma warning disable CA1031 // A worker that dies unseen would leave its partition standing still.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            onFatal(new FatalException($"The worker of {Partition} failed: {exception}", exception));
        }
    }

    // From take to commit: each round of the loop is one attempt at a batch.
    private async Task WriteUntilTheLedgerMovesAsync(long committed, CancellationToken cancellationToken)
    {
        PendingBatch? current = null, next = null;
        try
        {
            for (; ; )
            {
                // Take the batch that is prepared, or else what waits.
                if (current is null)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    current = next ?? await TakeAsync(cancellationToken);
                    next = null;
                }

                if (current is null)
                {
                    if (await position.IsAtAsync(committed, cancellationToken))
                        continue;
                    return;
                }

                Begin(current);
                try
                {
                    // Write it, prepare the next one meanwhile, and commit it.
                    await using var transaction = await WriteAsync(current, cancellationToken);
                    next ??= TryPrepareAfter(current, transaction.Outcome);
                    current.LastOutcome = transaction.Outcome;
                    await transaction.CommitAsync();
                }
                catch (Exception exception)
                {
                    // What is prepared holds locks that a repetition may need, and would wait for it in turn.
                    await RollBackAsync(next);
                    var step = Decide(current, exception);
                    if (step != NextStep.AskLedger)
                    {
                        if (exception is FatalException || cancellationToken.IsCancellationRequested)
                            throw;
                        current = await FollowAsync(step, current, exception, cancellationToken);
                        continue;
                    }

                    if (!await IsInTheGraphAsync(current, cancellationToken))
                    {
                        current.GiveUp(null);
                        return;
                    }
                }

                // It is in the graph: nothing from here on may have it written again.
                Settle(current);
                var taken = current.Taken.Batch;
                current = current.Complete();
                if (current is null)
                {
                    committed = taken.NextOffset;
                    source.Return(taken);
                }
            }
        }
        catch (Exception exception)
        {
            current?.GiveUp(exception);
            throw;
        }
        finally
        {
            if (current is not null)
                source.Discard(current.Taken.Batch);
            if (next is not null)
                await GiveUpPreparedAsync(next);
        }
    }

    private async ValueTask<PendingBatch?> TakeAsync(CancellationToken cancellationToken) =>
        await source.TakeAsync(cancellationToken) is { } batch ? new PendingBatch(batch) : null;

    // The span is made current in here, so that the caller's statements belong to it.
    private void Begin(PendingBatch batch)
    {
        if (batch.Started is null)
        {
            batch.Started = threads.Time.GetTimestamp();
            batch.Span = batch.Whole is { } whole ? telemetry.StartPart(Partition, batch.Batch, whole.Span) : telemetry.StartBatch(Partition, batch.Batch);
        }

        Activity.Current = batch.Span;
    }

    private Task<BatchTransaction> WriteAsync(PendingBatch batch, CancellationToken cancellationToken) => batch.IsPrepared
        ? writer.WriteAsync(batch.Prepared!, batch.Batch, _abandoned.Token)
        : writer.WriteAsync(batch.Batch, batch.Rejection, cancellationToken, _abandoned.Token);

    private PendingBatch? TryPrepareAfter(PendingBatch current, BatchOutcome outcome)
    {
        if (current.Whole is not null || writer.TryAcquireAfter(outcome) is not { } lease)
            return null;

        if (source.TakeFull() is not { } batch)
        {
            lease.Dispose();
            return null;
        }

        var next = new PendingBatch(batch) { Started = threads.Time.GetTimestamp() };
        next.Prepared = new PreparedBatch(lease, PrepareAsync(next));
        return next;
    }

    // What becomes the current span in here does not for the caller.
    private async Task<(OpenTransaction Open, WriteResult Written)> PrepareAsync(PendingBatch batch)
    {
        batch.Span = telemetry.StartBatch(Partition, batch.Batch);
        return await writer.PrepareAsync(batch.Batch);
    }

    private static Task RollBackAsync(PendingBatch? next) => next?.Prepared?.RollBackAsync() ?? Task.CompletedTask;

    private NextStep Decide(PendingBatch batch, Exception exception)
    {
        var failure = BatchFailure.Classify(exception);
        var step = BatchRetryPolicy.Decide(new FailedAttempt(failure, batch.Batch.Count, batch.Rejections, writer.LooksUp, batch.IsPrepared));
        if (failure == BatchFailureKind.Rejected)
            batch.Rejections++;
        return step;
    }

    /// <returns>The batch of the next attempt: the same, or its first half.</returns>
    private async Task<PendingBatch> FollowAsync(NextStep step, PendingBatch batch, Exception exception, CancellationToken cancellationToken)
    {
        switch (step)
        {
            case NextStep.Stop:
                throw retries.Stopped(batch, exception);
            case NextStep.Halve:
                try
                {
                    var half = batch.Halve();
                    BatchRetries.Halved(batch, exception);
                    return half;
                }
                catch (TimeoutException missing)
                {
                    await retries.WaitAsync(Partition, batch, missing, ++batch.Waits, cancellationToken);
                    break;
                }

            case NextStep.Wait:
                await retries.WaitAsync(Partition, batch, exception, ++batch.Waits, cancellationToken);
                break;
            case NextStep.LookUp:
                writer.LookUp();
                retries.Count(Partition, batch, exception);
                break;
            case NextStep.DeadLetter:
                batch.Rejection = exception.Message.ReplaceLineEndings(" ");
                retries.Count(Partition, batch, exception);
                break;
            default:
                retries.Count(Partition, batch, exception);
                break;
        }

        batch.Attempt++;
        return batch;
    }

    private async Task<bool> IsInTheGraphAsync(PendingBatch batch, CancellationToken cancellationToken)
    {
        for (var failures = 1; ; failures++)
        {
            LedgerEntry? entry;
            try
            {
                entry = await position.ReadAsync();
            }
            catch (Exception exception) when (BatchFailure.Classify(exception) is BatchFailureKind.Transient or BatchFailureKind.TooLarge && !cancellationToken.IsCancellationRequested)
            {
                await retries.WaitAsync(Partition, batch, exception, failures, cancellationToken);
                continue;
            }

            retries.Working(Partition);
            if (BatchRetryPolicy.IsCommitted(batch.Batch.NextOffset, batch.LastOutcome is not null, entry, position.Owner, position.StartedOver))
                return true;

            retries.Fenced(Partition, batch, entry);
            return false;
        }
    }

    private void Settle(PendingBatch batch)
    {
        var outcome = batch.LastOutcome.GetValueOrDefault();
        writer.Learn(outcome);
        var duration = threads.Time.GetElapsedTime(batch.Started.GetValueOrDefault());
        settled.Add(new SettledBatch(Partition, batch.Batch, outcome, batch.Span, batch.Attempt, duration), position.DeadLetters);
    }

    // The batch that was to follow is not written here either.
    private async Task GiveUpPreparedAsync(PendingBatch next)
    {
        await RollBackAsync(next);
        if (_stopping.IsCancellationRequested)
            StreamTelemetry.GivenUp(next.Span, new OperationCanceledException());
        else
            StreamTelemetry.Failed(next.Span, "The batch before it was given up.", "ledger_moved");
        next.GiveUp(null);
        source.Discard(next.Batch);
    }
}
