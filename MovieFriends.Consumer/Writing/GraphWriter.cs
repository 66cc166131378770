using Microsoft.Extensions.Options;
using MovieFriends.Consumer.Batching;
using MovieFriends.Consumer.DeadLetters;
using MovieFriends.Consumer.Ledger;
using MovieFriends.Neo4j;
using Neo4j.Driver;

namespace MovieFriends.Consumer.Writing;

/// <summary>What one transaction did.</summary>
internal readonly record struct BatchOutcome(int Created, int Updated, int Stale, int DeadLettered, int UnknownUsers);

/// <summary>The ledger does not stand where the batch starts, or speaks of another topic: another owner has moved it, or the answer to our own commit was lost.</summary>
internal sealed class LedgerMovedException() : Exception("The ledger has moved.");

/// <summary>
/// Writes one batch in one transaction: the ledger first, then the charges, then, before the commit, the dead letters. A batch that is
/// prepared has its charges before the ledger, which makes no difference once it is committed.
/// Used by one worker; keeps the columns it needs from batch to batch.
/// </summary>
internal sealed class GraphWriter(
    IDriver driver,
    Neo4jDriverSettings settings,
    Neo4jTelemetry telemetry,
    OffsetLedger ledger,
    DeadLetterPublisher publisher,
    PendingDeadLetters pending,
    LedgerFence fence,
    IOptions<ConsumerOptions> options) : IGraphWriter
{
    private readonly ChargeColumns _new = new();
    private readonly ChargeColumns _known = new();
    private readonly List<long> _ids = [];
    private readonly HashSet<long> _knownIds = [];
    private readonly Action<TransactionConfigBuilder>? _limit = options.Value.TransactionTimeout > TimeSpan.Zero
        ? transaction => transaction.WithTimeout(options.Value.TransactionTimeout)
        : null;

    /// <inheritdoc/>
    public async Task<OpenTransaction> ClaimAsync(int partition, ChargeBatch batch, CancellationToken cancellationToken)
    {
        var open = await OpenAsync();
        try
        {
            await ClaimAsync(open, partition, batch, cancellationToken);
            return open;
        }
        catch
        {
            await open.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<BatchOutcome> WriteAsync(
        OpenTransaction claimed, int partition, ChargeBatch batch, bool lookUp, string? rejection, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var deadLetters = new DeadLetterList(batch);
        var outcome = default(BatchOutcome);
        if (rejection is not null)
            deadLetters.AddRejected(rejection);
        else if (lookUp)
            outcome = await WriteMixedAsync(claimed.Transaction, batch, deadLetters);
        else
            outcome = await CreateAsync(claimed.Transaction, batch.Charges, deadLetters);
        return await SendDeadLettersAsync(claimed.Transaction, partition, deadLetters, outcome, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<(OpenTransaction Open, int Created)> PrepareAsync(ChargeBatch batch)
    {
        var open = await OpenAsync();
        try
        {
            return (open, await CountCreatedAsync(open.Transaction, batch.Charges));
        }
        catch
        {
            await open.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<BatchOutcome> WritePreparedAsync(OpenTransaction prepared, int created, int partition, ChargeBatch batch, CancellationToken cancellationToken)
    {
        await ClaimAsync(prepared, partition, batch, cancellationToken);
        var deadLetters = new DeadLetterList(batch);
        var outcome = await SettleAsync(prepared.Transaction, batch.Charges, deadLetters, created);
        return await SendDeadLettersAsync(prepared.Transaction, partition, deadLetters, outcome, cancellationToken);
    }

    /// <summary>Runs the statements of a batch, without any charge, in a transaction that is taken back.</summary>
    public async Task WarmUpAsync()
    {
        await using var open = await OpenAsync();
        await ledger.ClaimAsync(open.Transaction, OffsetLedger.NoPartition, 0, 0, fence.StartedOver);
        await ChargeStatements.Create.ExecuteAsync(open.Transaction, new ChargeColumns().Parameters, telemetry);
    }

    private async Task<OpenTransaction> OpenAsync()
    {
        var session = driver.AsyncSession(o => GraphSchema.ForDatabase(o, settings.Database));
        try
        {
            return new OpenTransaction(session, await session.BeginTransactionAsync(_limit));
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    private async Task ClaimAsync(OpenTransaction open, int partition, ChargeBatch batch, CancellationToken cancellationToken)
    {
        if (!await ledger.ClaimAsync(open.Transaction, partition, batch.FromOffset, batch.NextOffset, fence.StartedOver))
            throw new LedgerMovedException();
        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task<BatchOutcome> SendDeadLettersAsync(
        IAsyncTransaction transaction, int partition, DeadLetterList deadLetters, BatchOutcome outcome, CancellationToken cancellationToken)
    {
        if (await publisher.SendAsync(partition, deadLetters, pending, cancellationToken) is { } end)
            await ledger.NoteDeadLettersAsync(transaction, partition, end);
        cancellationToken.ThrowIfCancellationRequested();
        return outcome with { DeadLettered = deadLetters.Count };
    }

    private async Task<BatchOutcome> WriteMixedAsync(IAsyncTransaction transaction, ChargeBatch batch, DeadLetterList deadLetters)
    {
        await SplitAsync(transaction, batch.Charges);
        var outcome = await CreateAsync(transaction, _new, deadLetters);
        if (_known.Count == 0)
            return outcome;

        var rows = await ChargeStatements.Update.ListAsync(transaction, _known.Parameters, telemetry);
        var updated = rows[0]["updated"].As<int>();
        return outcome with { Updated = updated, Stale = _known.Count - updated };
    }

    private async Task SplitAsync(IAsyncTransaction transaction, ChargeColumns charges)
    {
        _new.Clear();
        _known.Clear();
        _knownIds.Clear();
        if (charges.Count == 0)
            return;

        _ids.Clear();
        foreach (var slice in charges.Slices)
            _ids.AddRange(slice.ChargeIds);
        var rows = await ChargeStatements.FindKnownCharges.ListAsync(transaction, new Dictionary<string, object?> { ["chargeIds"] = _ids }, telemetry);
        foreach (var row in rows)
            _knownIds.Add(row["chargeId"].As<long>());

        for (var i = 0; i < charges.Count; i++)
            (_knownIds.Contains(charges.ChargeId(i)) ? _known : _new).AddRow(charges, i);
    }

    private async Task<BatchOutcome> CreateAsync(IAsyncTransaction transaction, ChargeColumns charges, DeadLetterList deadLetters) =>
        await SettleAsync(transaction, charges, deadLetters, await CountCreatedAsync(transaction, charges));

    private async Task<int> CountCreatedAsync(IAsyncTransaction transaction, ChargeColumns charges) =>
        charges.Count == 0 ? 0 : (await ChargeStatements.Create.ExecuteAsync(transaction, charges.Parameters, telemetry)).Counters.NodesCreated;

    private async Task<BatchOutcome> SettleAsync(IAsyncTransaction transaction, ChargeColumns charges, DeadLetterList deadLetters, int created) =>
        created == charges.Count
            ? new BatchOutcome { Created = created }
            : await HandleUnknownUsersAsync(transaction, charges, deadLetters, created);

    // Nobody creates one of these users in between: whoever looks a user up by its unique id, in a statement that writes, locks the id that it does not find.
    private async Task<BatchOutcome> HandleUnknownUsersAsync(IAsyncTransaction transaction, ChargeColumns charges, DeadLetterList deadLetters, int created)
    {
        _ids.Clear();
        foreach (var slice in charges.Slices)
            _ids.AddRange(slice.UserIds);
        var rows = await ChargeStatements.FindUnknownUsers.ListAsync(transaction, new Dictionary<string, object?> { ["userIds"] = _ids }, telemetry);
        var users = rows.Select(row => row["userId"].As<long>()).ToHashSet();
        var outcome = new BatchOutcome { Created = created, UnknownUsers = deadLetters.CountOf(users) };
        switch (options.Value.UnknownUsers)
        {
            case UnknownUserPolicy.DeadLetter:
                deadLetters.AddUnknownUsers(users);
                return outcome;
            case UnknownUserPolicy.Create:
                await ChargeStatements.CreateUsers.ExecuteAsync(transaction, new Dictionary<string, object?> { ["userIds"] = users.ToList() }, telemetry);
                var late = new ChargeColumns();
                for (var i = 0; i < charges.Count; i++)
                {
                    if (users.Contains(charges.UserId(i)))
                        late.AddRow(charges, i);
                }

                var summary = await ChargeStatements.Create.ExecuteAsync(transaction, late.Parameters, telemetry);
                return outcome with { Created = created + summary.Counters.NodesCreated };
            default:
                return outcome;
        }
    }
}
