using MovieFriends.KafkaToNeo4j.Ledger;
using MovieFriends.Neo4j;
using MovieFriends.Simulation.Broker;
using MovieFriends.Simulation.Checking;
using MovieFriends.Simulation.Planted;
using MovieFriends.Simulation.Scheduling;

namespace MovieFriends.Simulation.Graph;

/// <summary>
/// A database as far as the engine can tell: transactions that read what is committed, locks on the ledger's nodes, on unique entries and on neighbours,
/// deadlocks, time limits, and everything that can go wrong with them. Lives in the context of the world.
/// </summary>
internal sealed class GraphServer(Scheduler scheduler, Oracle oracle, Story story, Plant plant)
{
    private readonly Dictionary<string, LedgerNode> _ledger = new(StringComparer.Ordinal);
    private readonly HashSet<string> _events = new(StringComparer.Ordinal);
    private readonly List<Transaction> _open = [];
    private readonly Locks _locks = new();
    private long _transactions;

    /// <summary>How likely a request meets a fault.</summary>
    public double FaultRate { get; set; }

    /// <summary>Whether all transactions lock neighbours in the same order, so that none can wait in a circle for them.</summary>
    public bool LocksInOrder { get; init; }

    public bool IsDown { get; private set; }

    public bool IsReadOnly { get; private set; }

    /// <summary>Whether nothing can be committed.</summary>
    public bool IsFull { get; private set; }

    public int Deadlocks => _locks.Deadlocks;

    public IReadOnlyDictionary<string, LedgerNode> Ledger => _ledger;

    /// <summary>Hears of every commit.</summary>
    public Action<Transaction> Committed { get; set; } = static _ => { };

    /// <summary>It goes down with all that is open, and comes back.</summary>
    public void Restart(TimeSpan downtime)
    {
        if (!story.Fault($"the graph restarts, and is away for {downtime.TotalSeconds:0.0} s", "graph: away", downtime))
            return;
        IsDown = true;
        foreach (var transaction in _open.ToArray())
            End(transaction, GraphFaults.Away());
        scheduler.After(downtime, () => IsDown = false);
    }

    /// <summary>Its leader is elsewhere for a while.</summary>
    public void SetReadOnly(TimeSpan time)
    {
        if (!story.Fault($"the graph is read-only for {time.TotalSeconds:0.0} s", "graph: read-only", time))
            return;
        IsReadOnly = true;
        scheduler.After(time, () => IsReadOnly = false);
    }

    /// <summary>Its disk is full for a while: everything goes on until the commit.</summary>
    public void FillDisk(TimeSpan time)
    {
        if (!story.Fault($"the graph's disk is full for {time.TotalSeconds:0.0} s", "graph: disk full", time))
            return;
        IsFull = true;
        scheduler.After(time, () => IsFull = false);
    }

    /// <summary>Whether a process has the ledger of a partition in a transaction.</summary>
    public bool HoldsLedger(string process) => _open.Exists(open => open.Process == process && open.Ledger.Count > 0);

    /// <summary>Somebody moves the ledger of a partition by hand, as the command for it does: behind whoever holds it.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="to">Says where to, once it is known where the ledger stands.</param>
    public async Task MoveLedgerAsync(int partition, Func<long, long> to)
    {
        var id = LedgerNames.IdOf(BrokerServer.Topic, partition);
        var transaction = Begin("somebody", TimeSpan.Zero);
        await LockAsync(transaction, id);
        if (Find(transaction, id) is { } node && to(node.NextOffset) is var offset && offset != node.NextOffset && !IsReadOnly && !IsFull
            && story.Fault($"somebody moves the ledger of partition {partition} from {node.NextOffset} to {offset}", "ledger: moved by hand"))
        {
            oracle.MovedByHand(partition, node.NextOffset, offset);
            _ledger[id] = node with { NextOffset = offset, Owner = "somebody", DeadLetterOffset = null };
        }

        End(transaction, null);
    }

    /// <summary>The connections of a process are gone, and its transactions with them once the server has noticed.</summary>
    public void Disconnect(string process)
    {
        foreach (var transaction in _open.Where(open => open.Process == process).ToArray())
            scheduler.After(scheduler.Between(0, 1_000), () => End(transaction, GraphFaults.Away()));
    }

    public Transaction Begin(string process, TimeSpan limit)
    {
        ThrowIfDown();
        var transaction = new Transaction(++_transactions, process);
        _open.Add(transaction);
        if (limit > TimeSpan.Zero)
            scheduler.After(limit, () => End(transaction, GraphFaults.TimedOut(transaction.WaitsFor is not null)));
        return transaction;
    }

    public IReadOnlyList<IReadOnlyDictionary<string, object>> Read(IDictionary<string, object?> parameters)
    {
        ThrowIfDown();
        return _ledger.TryGetValue((string)parameters["id"]!, out var node) ? [Values(node)] : [];
    }

    public async Task<IReadOnlyList<IReadOnlyDictionary<string, object>>> RunAsync(Transaction transaction, GraphQuery query, IDictionary<string, object?> parameters)
    {
        ThrowIfOver(transaction);
        ThrowIfReadOnly();
        var id = (string)parameters["id"]!;
        if (query == LedgerStatements.Claim)
            return await ClaimAsync(transaction, id, parameters);

        await LockAsync(transaction, id);
        var node = Find(transaction, id);
        if (query == LedgerStatements.Open)
        {
            node = node is null || plant.OpenResetsLedger
                ? new LedgerNode((long)parameters["nextOffset"]!, "", (string)parameters["owner"]!, (long)parameters["deadLetterOffset"]!, 0)
                : node;
            transaction.Ledger[id] = node.TopicId.Length > 0 ? node : node with { TopicId = (string)parameters["topicId"]! };
            return [Values(transaction.Ledger[id])];
        }

        if (node is null)
            return [];
        transaction.Ledger[id] = Changed(node, query, parameters);
        return [];
    }

    /// <summary>Writes rows that are taken for new, or that may be known.</summary>
    /// <returns>How many were created.</returns>
    public async Task<int> WriteAsync(Transaction transaction, IReadOnlyList<Row> rows, bool upsert)
    {
        ThrowIfOver(transaction);
        ThrowIfReadOnly();
        var created = 0;
        foreach (var row in rows)
        {
            // A statement takes time, and its locks one after the other.
            if (scheduler.Random.Next(4) == 0)
                await scheduler.PassAsync(0.01, 1);
            ThrowIfOver(transaction);
            await LockAsync(transaction, $"key {row.Key}");
            await LockAsync(transaction, $"event {row.Id}");
            if (row.IsRefused)
                throw Fail(transaction, GraphFaults.Refused());
            var isKnown = _events.Contains(row.Id) || transaction.Created.Contains(row.Id);
            if (isKnown && !upsert)
                throw Fail(transaction, GraphFaults.Exists());
            if (!isKnown)
            {
                transaction.Created.Add(row.Id);
                created++;
            }

            transaction.Rows.Add(row);
        }

        return created;
    }

    public void Commit(Transaction transaction)
    {
        ThrowIfOver(transaction);
        if (IsDown || IsReadOnly)
            throw Fail(transaction, IsDown ? GraphFaults.Away() : GraphFaults.ReadOnly());
        if (IsFull && transaction.Ledger.Count + transaction.Rows.Count > 0)
            throw Fail(transaction, GraphFaults.Full());
        oracle.Committing(transaction, _ledger);
        foreach (var (id, node) in transaction.Ledger)
            _ledger[id] = node;
        _events.UnionWith(transaction.Created);
        Committed(transaction);
        End(transaction, null);
    }

    public void RollBack(Transaction transaction) => End(transaction, null);

    /// <summary>The connection breaks in the middle of a request.</summary>
    public void Break(Transaction transaction) => End(transaction, GraphFaults.Away());

    // The lock comes before the comparison. What another transaction does meanwhile is seen.
    private async Task<IReadOnlyList<IReadOnlyDictionary<string, object>>> ClaimAsync(Transaction transaction, string id, IDictionary<string, object?> parameters)
    {
        var before = Find(transaction, id);
        await LockAsync(transaction, id);
        var node = Find(transaction, id);
        var compared = plant.ComparesBeforeLock ? before : node;
        if (node is null || compared is null)
            return [];

        transaction.Ledger[id] = node = node with { Owner = (string)parameters["owner"]! };
        var isNext = compared.NextOffset == (long)parameters["from"]! && compared.StartedOver == (long)parameters["startedOver"]!;
        var isOwn = plant.RepeatsOwn && node.NextOffset == (long)parameters["to"]! && compared.Owner == node.Owner;
        if (!isNext && !isOwn && !plant.ClaimsWithoutComparing)
            return [];
        transaction.Ledger[id] = node with { NextOffset = (long)parameters["to"]! };
        return [Values(transaction.Ledger[id])];
    }

    private LedgerNode Changed(LedgerNode node, GraphQuery query, IDictionary<string, object?> parameters)
    {
        var deadLetterOffset = (long)parameters["deadLetterOffset"]!;
        if (query == LedgerStatements.NoteDeadLetters)
            return node with { DeadLetterOffset = deadLetterOffset };
        if (query != LedgerStatements.StartOver)
            throw new NotSupportedException($"The model does not know the statement {query.Summary}.");
        return node with
        {
            TopicId = (string)parameters["topicId"]!,
            StartedOver = (long)parameters["startedOver"]!,
            DeadLetterOffset = plant.KeepsOldDeadLetters ? node.DeadLetterOffset : deadLetterOffset,
        };
    }

    private LedgerNode? Find(Transaction transaction, string id) =>
        transaction.Ledger.TryGetValue(id, out var own) ? own : _ledger.GetValueOrDefault(id);

    private async Task LockAsync(Transaction transaction, string name)
    {
        try
        {
            await _locks.TakeAsync(transaction, name);
        }
        catch (Exception exception)
        {
            if (LocksInOrder && _locks.KeyDeadlocks > 0)
                oracle.Violate(Promise.LockOrder, $"transactions of {transaction.Process} and another wait for each other's neighbours, and all lock them in the same order");
            Fail(transaction, exception);
            throw;
        }

        ThrowIfOver(transaction);
    }

    private Exception Fail(Transaction transaction, Exception exception)
    {
        End(transaction, GraphFaults.Ended());
        return exception;
    }

    private void End(Transaction transaction, Exception? reason)
    {
        if (transaction.IsOver)
            return;

        transaction.IsOver = true;
        transaction.EndedBy = reason;
        _open.Remove(transaction);
        var wait = transaction.WaitsFor is null ? null : transaction.Wait;
        _locks.Release(transaction);
        wait?.TrySetException(reason ?? GraphFaults.Ended());
    }

    private static void ThrowIfOver(Transaction transaction)
    {
        if (transaction.IsOver)
            throw transaction.EndedBy ?? GraphFaults.Ended();
    }

    private void ThrowIfDown()
    {
        if (IsDown)
            throw GraphFaults.Away();
    }

    private void ThrowIfReadOnly()
    {
        ThrowIfDown();
        if (IsReadOnly)
            throw GraphFaults.ReadOnly();
    }

    private static Dictionary<string, object> Values(LedgerNode node) => new()
    {
        ["nextOffset"] = node.NextOffset,
        ["topicId"] = node.TopicId,
        ["owner"] = node.Owner,
        ["deadLetterOffset"] = node.DeadLetterOffset!,
        ["startedOver"] = node.StartedOver,
    };
}
