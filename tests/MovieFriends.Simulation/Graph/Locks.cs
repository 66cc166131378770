namespace MovieFriends.Simulation.Graph;

/// <summary>Exclusive locks, given in the order in which they were asked for; whoever would close a circle of waits is refused.</summary>
internal sealed class Locks
{
    private readonly Dictionary<string, (Transaction Holder, Queue<Transaction> Waiting)> _held = new(StringComparer.Ordinal);

    /// <summary>How often a circle was found.</summary>
    public int Deadlocks { get; private set; }

    /// <summary>How often there was a circle of neighbours only, without a ledger or an event.</summary>
    public int KeyDeadlocks { get; private set; }

    public Task TakeAsync(Transaction transaction, string name)
    {
        if (!_held.TryGetValue(name, out var held))
        {
            _held[name] = (transaction, new Queue<Transaction>());
            transaction.Locks.Add(name);
            return Task.CompletedTask;
        }

        if (held.Holder == transaction)
            return Task.CompletedTask;

        var isOfKeys = IsKey(name);
        for (var other = held.Holder; other is not null; other = other.WaitsFor is { } next && _held.TryGetValue(next, out var at) ? at.Holder : null)
        {
            isOfKeys &= other.WaitsFor is not { } wanted || IsKey(wanted);
            if (other == transaction)
            {
                Deadlocks++;
                KeyDeadlocks += isOfKeys ? 1 : 0;
                return Task.FromException(GraphFaults.Deadlock());
            }
        }

        held.Waiting.Enqueue(transaction);
        transaction.WaitsFor = name;
        transaction.Wait = new TaskCompletionSource();
        return transaction.Wait.Task;
    }

    /// <summary>Everything that a transaction holds is free, and it waits for nothing.</summary>
    public void Release(Transaction transaction)
    {
        transaction.WaitsFor = null;
        foreach (var name in transaction.Locks)
            Pass(name);
        transaction.Locks.Clear();
    }

    private static bool IsKey(string name) => name.StartsWith("key ", StringComparison.Ordinal);

    private void Pass(string name)
    {
        var waiting = _held[name].Waiting;
        while (waiting.TryDequeue(out var next))
        {
            if (next.IsOver || next.WaitsFor != name)
                continue;
            _held[name] = (next, waiting);
            next.Locks.Add(name);
            next.WaitsFor = null;
            next.Wait!.TrySetResult();
            return;
        }

        _held.Remove(name);
    }
}
