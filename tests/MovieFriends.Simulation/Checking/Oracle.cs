using MovieFriends.KafkaToNeo4j.Ledger;
using MovieFriends.Simulation.Broker;
using MovieFriends.Simulation.Graph;

namespace MovieFriends.Simulation.Checking;

/// <summary>
/// Knows what must be so, and looks at every commit: the ledger moves forward, from where it stood, together with all rows of the messages that it
/// passes and with no others, and each other message that it passes is a dead letter.
/// </summary>
internal sealed class Oracle(Story story)
{
    private readonly Dictionary<(int Partition, long Offset), int> _written = [];
    private readonly Dictionary<(int Partition, long Offset), (int Count, int Late)> _deadLetters = [];

    private readonly Dictionary<string, long> _passed = [];
    private readonly Dictionary<int, long> _highest = [];

    // Partitions whose messages are not those any more that the ledger speaks of.
    private readonly HashSet<int> _replaced = [];

    /// <summary>Set once it is there.</summary>
    public BrokerServer? Broker { get; set; }

    private List<PartitionLog> Partitions => Broker!.Partitions;

    /// <summary>The first promise that was broken; null if none was.</summary>
    public string? Violation { get; private set; }

    /// <summary>Which promise that was.</summary>
    public Promise? Broken { get; private set; }

    /// <summary>Batches, and ranges that were skipped because retention deleted them.</summary>
    public int Commits { get; private set; }

    /// <summary>Messages whose rows are in the graph.</summary>
    public int Written => _written.Count;

    /// <summary>Dead letters that are in their topic twice, where the documentation says that this can be.</summary>
    public int ExcusedDoubles { get; private set; }

    public void Violate(Promise promise, string what)
    {
        Broken ??= promise;
        Violation ??= what;
        story.Say($"VIOLATION {what}");
    }

    /// <summary>A transaction is about to be committed.</summary>
    public void Committing(Transaction transaction, IReadOnlyDictionary<string, LedgerNode> ledger)
    {
        var moved = new List<(int Partition, long From, long To)>();
        foreach (var (id, node) in transaction.Ledger)
        {
            var partition = LedgerNames.Parse(id)!.Value.Partition;
            var before = ledger.GetValueOrDefault(id);
            _highest[partition] = Math.Max(_highest.GetValueOrDefault(partition), node.NextOffset);
            if (before is null || node.StartedOver > before.StartedOver)
            {
                Begins(partition, node, isFirst: before is null);
            }
            else if (node.NextOffset < before.NextOffset)
            {
                Violate(Promise.InOrder, $"the ledger of partition {partition} goes back from {before.NextOffset} to {node.NextOffset}");
            }
            else if (node.NextOffset > before.NextOffset)
            {
                moved.Add((partition, before.NextOffset, node.NextOffset));
            }
        }

        foreach (var row in transaction.Rows)
        {
            foreach (var offset in row.Offsets)
                PassedWith(row, offset, moved);
        }

        foreach (var (partition, from, to) in moved)
            Moved(transaction, partition, from, to);
    }

    /// <summary>A dead letter is in its topic.</summary>
    /// <param name="partition">The partition of its message.</param>
    /// <param name="offset">The offset of its message.</param>
    /// <param name="log">The log for which its message was made.</param>
    /// <param name="wasLate">The broker hung before it stored it, so that whoever looked for it may have found none.</param>
    public void DeadLettered(int partition, long offset, int log, bool wasLate)
    {
        // It is about a message that is not there any more.
        if (!IsThere(partition, offset, log))
            return;
        var (count, late) = _deadLetters.GetValueOrDefault((partition, offset));
        _deadLetters[(partition, offset)] = (count + 1, late + (wasLate ? 1 : 0));
        if (!Partitions[partition][offset].IsDead)
            Violate(Promise.DeadLetterOnce, $"the message at {partition}/{offset} is a dead letter, and nothing is wrong with it");
        if (count == 0)
            return;
        if (count > late + (wasLate ? 1 : 0))
            Violate(Promise.DeadLetterOnce, $"the message at {partition}/{offset} is a dead letter {count + 1} times, and the broker was late with {late + (wasLate ? 1 : 0)} of them");
        else
            ExcusedDoubles++;
    }

    /// <summary>Somebody has moved the ledger: what is behind it now is to be written once more, and what was skipped is not.</summary>
    public void MovedByHand(int partition, long from, long to)
    {
        for (var offset = to; offset < from; offset++)
            _written.Remove((partition, offset));
    }

    /// <summary>
    /// A partition has other messages now than those that the ledger speaks of. Until the ledger starts over, what is written is left to chance, as the
    /// documentation says; and then all of them are to be written.
    /// </summary>
    public void Replaced(int partition) => _replaced.Add(partition);

    /// <summary>The group has committed an offset.</summary>
    public void CommittedByGroup(int partition, long offset)
    {
        if (offset > _highest.GetValueOrDefault(partition))
            Violate(Promise.GroupFollows, $"the group's offset of partition {partition} is {offset}, and the ledger has come to {_highest.GetValueOrDefault(partition)}");
    }

    /// <summary>A process says how many messages it has settled.</summary>
    public void Counted(string process, long messages)
    {
        if (messages > _passed.GetValueOrDefault(process))
            Violate(Promise.CountedOnce, $"{process} has counted {messages} messages, and its transactions have passed {_passed.GetValueOrDefault(process)}");
    }

    /// <summary>Whether everything is where it belongs.</summary>
    public bool IsComplete(IReadOnlyDictionary<string, LedgerNode> ledger)
    {
        for (var partition = 0; partition < Partitions.Count; partition++)
        {
            var log = Partitions[partition];
            if (log.High == 0)
                continue;
            if (ledger.GetValueOrDefault(LedgerNames.IdOf(BrokerServer.Topic, partition)) is not { } node || node.NextOffset < log.High || node.TopicId != Broker!.TopicId)
                return false;
        }

        return true;
    }

    private void Begins(int partition, LedgerNode node, bool isFirst)
    {
        if (!isFirst && !_replaced.Contains(partition))
            Violate(Promise.InOrder, $"the ledger of partition {partition} starts over at {node.NextOffset}, and nothing has happened to the partition");

        if (_replaced.Contains(partition))
            Forget(partition);

        // Else it is of a topic that is deleted meanwhile.
        if (node.TopicId != Broker!.TopicId)
            return;
        if (node.NextOffset > Partitions[partition].Low)
            Violate(Promise.InOrder, $"the ledger of partition {partition} begins at {node.NextOffset}, behind messages that are there");
        _replaced.Remove(partition);
    }

    private void Forget(int partition)
    {
        foreach (var place in _written.Keys.Where(place => place.Partition == partition).ToArray())
            _written.Remove(place);
        foreach (var place in _deadLetters.Keys.Where(place => place.Partition == partition).ToArray())
            _deadLetters.Remove(place);
    }

    private bool IsThere(int partition, long offset, int log) => offset < Partitions[partition].High && Partitions[partition][offset].Log == log;

    private void PassedWith(Row row, long offset, List<(int Partition, long From, long To)> moved)
    {
        var partition = row.Partition;
        if (!moved.Exists(range => range.Partition == partition && offset >= range.From && offset < range.To))
            Violate(Promise.Together, $"the message at {partition}/{offset} is written by a transaction whose ledger does not pass it");
        if (!IsThere(partition, offset, row.Log))
        {
            if (!_replaced.Contains(partition))
                Violate(Promise.OnlyValid, $"a message of an earlier topic is written as {partition}/{offset}, after the ledger has started over");
            return;
        }

        if (!Partitions[partition][offset].IsValid)
            Violate(Promise.OnlyValid, $"the message at {partition}/{offset} is written, and is none for the graph");
        if ((_written[(partition, offset)] = _written.GetValueOrDefault((partition, offset)) + 1) > 1)
            Violate(Promise.Once, $"the message at {partition}/{offset} is written {_written[(partition, offset)]} times");
    }

    private void Moved(Transaction transaction, int partition, long from, long to)
    {
        Commits++;
        story.Say($"{transaction.Process} commits {partition}/{from}-{to - 1}");
        var log = Partitions[partition];
        if (_replaced.Contains(partition))
        {
            _passed[transaction.Process] = _passed.GetValueOrDefault(transaction.Process) + (to - from);
            return;
        }

        if (to > log.High)
            Violate(Promise.InOrder, $"the ledger of partition {partition} moves to {to}, past the partition's end at {log.High}");
        for (var offset = from; offset < Math.Min(to, log.High); offset++)
        {
            if (log[offset].Kind is not null)
                _passed[transaction.Process] = _passed.GetValueOrDefault(transaction.Process) + 1;

            // What retention has deleted may be missing.
            if (offset < log.Low)
                continue;
            if (log[offset].IsValid && !_written.ContainsKey((partition, offset)))
                Violate(Promise.Everything, $"the ledger passes the message at {partition}/{offset}, which is not written");
            if (log[offset].IsDead && !_deadLetters.ContainsKey((partition, offset)))
                Violate(Promise.Everything, $"the ledger passes the message at {partition}/{offset}, which is neither written nor a dead letter");
        }
    }
}
