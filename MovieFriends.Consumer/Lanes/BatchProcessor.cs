using System.Diagnostics;
using Confluent.Kafka;
using Microsoft.Extensions.Options;
using MovieFriends.Consumer.Batching;
using MovieFriends.Consumer.DeadLetters;
using MovieFriends.Consumer.Ledger;
using MovieFriends.Consumer.Polling;
using MovieFriends.Consumer.Telemetry;
using MovieFriends.Consumer.Writing;
using MovieFriends.Extensions;
using MovieFriends.Neo4j;
using Neo4j.Driver;
using ILogger = Microsoft.Extensions.Logging.ILogger;

namespace MovieFriends.Consumer.Lanes;

/// <summary>Brings one batch after the other of one partition into the graph, whatever the database does meanwhile.</summary>
internal sealed partial class BatchProcessor(
    TopicPartition partition,
    GraphWriter writer,
    PendingDeadLetters pending,
    TransactionGate gate,
    OffsetLedger ledger,
    SettledBatches settled,
    ConsumerStatistics statistics,
    ConsumerTelemetry telemetry,
    DatabaseHealth health,
    IOptions<ConsumerOptions> options,
    TimeProvider time,
    ILogger<BatchProcessor> logger) : IDisposable
{
    // So many batches without a known charge, and all are taken for new again.
    private const int NewBatchesToForget = 16;

    private readonly CancellationTokenSource _stopRetrying = new();
    private readonly CancellationTokenSource _abandon = new();
    private int _lookUpsLeft;
    private HeadStart? _ahead;

    /// <summary>What is under way may end; nothing is repeated any more.</summary>
    public void StopRetrying() => _stopRetrying.Cancel();

    /// <summary>What is under way does not get to its commit any more, unless it is there already.</summary>
    public void Abandon() => _abandon.Cancel();

    /// <summary>Writes a batch.</summary>
    /// <param name="batch">The batch; the one that <paramref name="next"/> gave last, if it gave one.</param>
    /// <param name="next">Gives the batch behind it, if that is worth being begun ahead; else null.</param>
    /// <returns>False if the ledger has moved: the batch is not ours to write.</returns>
    /// <exception cref="FatalException">No repetition mends what the database says.</exception>
    /// <exception cref="OperationCanceledException"><see cref="StopRetrying"/> was called.</exception>
    public async Task<bool> ProcessAsync(ChargeBatch batch, Func<ChargeBatch?> next)
    {
        var ahead = _ahead;
        _ahead = null;
        using var process = ahead is null ? telemetry.StartBatch(partition, batch) : ahead.Process;
        Activity.Current = process;
        return await ProcessAsync(batch, process, ahead, next);
    }

    /// <summary>Takes back what was begun ahead: the batch is not written here.</summary>
    public async Task GiveUpAheadAsync()
    {
        if (_ahead is not { } ahead)
            return;

        _ahead = null;
        await ahead.DropAsync();
        using var process = ahead.Process;
        if (_stopRetrying.IsCancellationRequested)
            ConsumerTelemetry.GivenUp(process, new OperationCanceledException());
        else
            ConsumerTelemetry.Failed(process, "The batch before it was given up.", "ledger_moved");
    }

    private async Task<bool> ProcessAsync(ChargeBatch batch, Activity? process, HeadStart? ahead, Func<ChargeBatch?>? next)
    {
        try
        {
            return await WriteAsync(batch, process, ahead, next);
        }
        catch (Exception exception)
        {
            ConsumerTelemetry.GivenUp(process, exception);
            throw;
        }
    }

    private async Task<bool> WriteAsync(ChargeBatch batch, Activity? process, HeadStart? ahead, Func<ChargeBatch?>? next)
    {
        var started = ahead?.Started ?? time.GetTimestamp();
        var attempt = 1;
        var failures = 0;
        var refusals = 0;
        string? refusal = null;
        BatchOutcome? tentative = null;
        for (; ; )
        {
            BatchOutcome committed;
            try
            {
                committed = await AttemptAsync(batch, attempt == 1 ? ahead : null, refusal, outcome =>
                {
                    tentative = outcome;
                    BeginNext(outcome, next);
                });
            }
            catch (LedgerMovedException)
            {
                return await RecogniseAsync(batch, tentative, process, attempt, started);
            }
            catch (Exception exception) when (exception is not FatalException && !_stopRetrying.IsCancellationRequested)
            {
                switch (BatchFailure.Classify(exception))
                {
                    case GraphFailureKind.Fatal:
                        ConsumerTelemetry.Failed(process, exception.Message, Neo4jTelemetry.ErrorType(exception));
                        throw new FatalException(GraphFailure.Describe(exception), exception);

                    // A charge that was taken for new is known; or, with look-ups on, became known just now.
                    case GraphFailureKind.Refused when refusals++ == 0 || _lookUpsLeft == 0:
                        _lookUpsLeft = NewBatchesToForget;
                        Repeat(exception, attempt++, process);
                        break;

                    // Begun ahead, it had to wait for the one before it, which says nothing about its own size.
                    case GraphFailureKind.TooLarge when attempt == 1 && ahead is { IsDropped: false }:
                        Repeat(exception, attempt++, process);
                        break;

                    case GraphFailureKind.Refused or GraphFailureKind.TooLarge when batch.Count > 1:
                        ConsumerTelemetry.Halved(process, exception, Neo4jTelemetry.ErrorType(exception));
                        return await ProcessHalvesAsync(batch, process);

                    case GraphFailureKind.Refused:
                        refusal = exception.Message.ReplaceLineEndings(" ");
                        Repeat(exception, attempt++, process);
                        break;

                    default:
                        await WaitAsync(exception, attempt++, ++failures, process);
                        break;
                }

                continue;
            }

            // Out of reach of what repeats a batch: it is in the graph.
            Settle(batch, committed, process, attempt, started);
            return true;
        }
    }

    private async Task<BatchOutcome> AttemptAsync(ChargeBatch batch, HeadStart? ahead, string? refusal, Action<BatchOutcome> tentative)
    {
        try
        {
            if (ahead is { IsDropped: false })
            {
                using var turnOfAhead = ahead.Turn;
                var (open, created) = await ahead.Begun;
                await using var begun = open;
                return await writer.EndAsync(begun, created, partition.Partition.Value, batch, tentative, _abandon.Token);
            }

            using var turn = await gate.OpenAsync(_stopRetrying.Token);
            await using var claimed = await ClaimInTurnAsync(batch, turn);
            return await writer.WriteAsync(claimed, partition.Partition.Value, batch, _lookUpsLeft > 0, refusal, tentative, _abandon.Token);
        }
        catch
        {
            // What is begun ahead holds locks that a repetition may need, and would wait for it in turn.
            if (_ahead is not null)
                await _ahead.DropAsync();
            throw;
        }
    }

    private async Task<OpenTransaction> ClaimInTurnAsync(ChargeBatch batch, TransactionGate.Turn turn)
    {
        var claimed = await writer.ClaimAsync(partition.Partition.Value, batch, _abandon.Token);
        try
        {
            var since = time.GetTimestamp();
            await turn.WriteAsync(_stopRetrying.Token);
            if (options.Value.TransactionTimeout == TimeSpan.Zero || time.GetElapsedTime(since) <= options.Value.TransactionTimeout / 4)
                return claimed;
        }
        catch
        {
            await claimed.DisposeAsync();
            throw;
        }

        // Its time ran while it stood by: one that has all of its time takes its place.
        await TakeBackAsync(claimed);
        return await writer.ClaimAsync(partition.Partition.Value, batch, _abandon.Token);
    }

    private static async Task TakeBackAsync(OpenTransaction transaction)
    {
        try
        {
            await transaction.DisposeAsync();
        }
        catch (Neo4jException)
        {
            // The database has ended it already.
        }
    }

    // Called when a batch has everything but its commit, which takes the database longer than the charges did: it writes those of the next one
    // meanwhile. By then this batch needs no lock that the next one can have. If it did on some version of the database, the limit to
    // the transaction's time would end it; without a limit nothing is begun ahead. Nothing is either if the next batch may have to look its charges
    // up first, or if others wait for a transaction, or if this is a repetition and the next batch was taken from the buffer before.
    private void BeginNext(BatchOutcome outcome, Func<ChargeBatch?>? next)
    {
        if (_ahead is not null || next is null || options.Value.TransactionTimeout == TimeSpan.Zero || _lookUpsLeft > 0 || outcome.Updated + outcome.Stale > 0 || gate.TryWrite() is not { } turn)
            return;
        if (next() is not { } batch)
        {
            turn.Dispose();
            return;
        }

        _ahead = new HeadStart(batch, turn, time.GetTimestamp());
        LogBegunAhead(logger, partition, batch.FromOffset);
        _ahead.Begun = BeginAsync(_ahead);
    }

    // What becomes the current span in here does not for the caller.
    private async Task<(OpenTransaction Open, int Created)> BeginAsync(HeadStart ahead)
    {
        ahead.Process = telemetry.StartBatch(partition, ahead.Batch);

        // The commit must not wait until this batch is encoded and sent.
        await Task.Yield();
        return await writer.BeginAsync(ahead.Batch);
    }

    /// <summary>Takes over the letters of the partition that were sent before, for messages before <paramref name="end"/>.</summary>
    public void Begin(IReadOnlyList<FoundDeadLetter> letters, long end) => pending.Begin(letters, end);

    /// <summary>Waits until no letter is on its way.</summary>
    public Task DrainAsync(CancellationToken cancellationToken) => pending.DrainAsync(cancellationToken);

    public void Dispose()
    {
        _stopRetrying.Dispose();
        _abandon.Dispose();
    }

    private async Task<bool> ProcessHalvesAsync(ChargeBatch batch, Activity? process)
    {
        var (first, second) = batch.Split();
        return await ProcessPartAsync(first, process) && await ProcessPartAsync(second, process);
    }

    private async Task<bool> ProcessPartAsync(ChargeBatch part, Activity? whole)
    {
        using var process = telemetry.StartPart(partition, part, whole);
        return await ProcessAsync(part, process, ahead: null, next: null);
    }

    // The answer to a commit can be lost with the connection. If the ledger stands where this batch ends, and it was
    // this process that put it there, the commit did happen.
    private async Task<bool> RecogniseAsync(ChargeBatch batch, BatchOutcome? tentative, Activity? process, int attempt, long started)
    {
        for (var failures = 1; ; failures++)
        {
            LedgerEntry? entry;
            try
            {
                entry = await ledger.ReadAsync(partition.Partition.Value);
            }
            catch (Exception exception) when (BatchFailure.Classify(exception) == GraphFailureKind.Transient && !_stopRetrying.IsCancellationRequested)
            {
                await WaitAsync(exception, attempt, failures, process);
                continue;
            }

            health.Working(partition.Partition.Value);
            if (tentative is { } outcome && entry?.NextOffset == batch.NextOffset && entry?.Owner == ledger.Owner)
            {
                Settle(batch, outcome, process, attempt, started);
                return true;
            }

            telemetry.Fenced(process);
            LogFenced(logger, partition, batch.FromOffset, entry?.NextOffset ?? -1, entry?.Owner ?? "nobody");
            return false;
        }
    }

    private async Task WaitAsync(Exception exception, int attempt, int failures, Activity? process)
    {
        if (!Repeat(exception, attempt, process))
            health.Failing(partition.Partition.Value, exception);
        await health.DelayAsync(Backoff.After(failures, Random.Shared.NextDouble()), _stopRetrying.Token);
    }

    /// <returns>Whether it was a deadlock, which says nothing about the database's health.</returns>
    private bool Repeat(Exception exception, int attempt, Activity? process)
    {
        var error = Neo4jTelemetry.ErrorType(exception);
        var deadlock = error == GraphFailure.DeadlockCode;
        statistics.Retry(deadlock);
        telemetry.Retry(process, exception, error, attempt, deadlock);
        LogRetry(logger, partition, attempt, error);
        return deadlock;
    }

    private void Settle(ChargeBatch batch, BatchOutcome outcome, Activity? process, int attempt, long started)
    {
        _lookUpsLeft = outcome.Updated + outcome.Stale > 0 ? NewBatchesToForget : Math.Max(_lookUpsLeft - 1, 0);
        var duration = time.GetElapsedTime(started);
        settled.Add(partition, batch, outcome, process, attempt, duration, pending, () => LogBatch(
            logger, partition, batch.FromOffset, batch.NextOffset - 1, batch.Count, outcome.Created, outcome.Updated, outcome.DeadLettered, duration.TotalMilliseconds));
    }

    [LoggerMessage(LogLevel.Debug, "{Partition}: offsets {First} to {Last}, batch size {Count}, {Created} nodes and as many relationships created, {Updated} updated, {DeadLettered} dead letters, {Milliseconds:0.0} ms")]
    private static partial void LogBatch(ILogger logger, TopicPartition partition, long first, long last, int count, int created, int updated, int deadLettered, double milliseconds);

    [LoggerMessage(LogLevel.Debug, "{Partition}: the batch from offset {From} is begun while the one before it is committed.")]
    private static partial void LogBegunAhead(ILogger logger, TopicPartition partition, long from);

    [LoggerMessage(LogLevel.Debug, "{Partition}: attempt {Attempt} failed with {Error}; the batch is tried again.")]
    private static partial void LogRetry(ILogger logger, TopicPartition partition, int attempt, string error);

    [LoggerMessage(LogLevel.Warning, "{Partition}: the batch from offset {From} is given up: the ledger stands at {NextOffset}, moved by {Owner}. Reading goes on from there.")]
    private static partial void LogFenced(ILogger logger, TopicPartition partition, long from, long nextOffset, string owner);
}
