using MovieFriends.Simulation.Processes;
using Neo4j.Driver;

namespace MovieFriends.Simulation;

/// <summary>
/// What goes wrong in some worlds only: a process that hangs for good, a ledger that is moved by hand, a full disk, a registry that is away, a client
/// that leaves its group or brings nothing of a partition, a topic that is created again or loses messages. It is drawn apart from everything else, so that the other worlds stay as they are.
/// </summary>
internal sealed class RareFaults
{
    private readonly SimulatedWorld _world;
    private readonly Random _random;
    private readonly List<SimulatedProcess> _hung = [];

    public RareFaults(SimulatedWorld world)
    {
        _world = world;
        _random = new Random(unchecked((int)(world.Seed * 7919) ^ 0x5eed));
        MovesLedger = _random.Next(5) == 0;
    }

    /// <summary>Whether somebody moves the ledger by hand in this world.</summary>
    public bool MovesLedger { get; }

    /// <summary>Whether what it takes to read messages is away.</summary>
    public bool RegistryIsAway { get; private set; }

    /// <summary>Processes that hang for good.</summary>
    public IReadOnlyList<SimulatedProcess> Hung => _hung;

    /// <summary>Whether the topic is deleted and created again in this world, or loses messages.</summary>
    public bool ReplacesMessages { get; private set; }

    /// <summary>Draws when what happens.</summary>
    public void Schedule()
    {
        if (MovesLedger)
            Repeat(1 + _random.Next(3), () => _ = MoveLedgerAsync());
        if (_random.Next(8) == 0)
            Repeat(1, () => Hang(tries: 200));
        if (_random.Next(8) == 0)
            Repeat(1 + _random.Next(2), () => _world.Graph.FillDisk(Between(1_000, 15_000)));
        if (_random.Next(8) == 0)
            Repeat(1 + _random.Next(2), SendRegistryAway);
        var dropsOut = _random.Next(8) == 0;
        if (dropsOut)
            Repeat(1 + _random.Next(2), DropOut);

        // A client that is out of its group for good is not seen with Kafka 4's protocol, and was never seen there.
        _world.Group.UsesHeartbeats = !dropsOut && !_world.Scenario.IsEager && _random.Next(4) == 0;
        ReplacesMessages = !MovesLedger && _random.Next(6) == 0;
        if (ReplacesMessages)
            Repeat(1 + _random.Next(2), ReplaceMessages);
        if (_random.Next(8) == 0)
            Repeat(1 + _random.Next(2), BringNothing);
    }

    private void BringNothing()
    {
        if (_world.Processes.Count == 0)
            return;
        var process = _world.Processes[_random.Next(_world.Processes.Count)];
        if (!_world.Story.Fault($"the client of {process.Context.Name} will bring nothing of the partition that it gets next", "client: fetches nothing"))
            return;
        process.BringNothing();
        _world.Group.Rebalance("a client is to get another partition");
    }

    private void ReplaceMessages()
    {
        if (_random.Next(2) == 0)
        {
            _world.Broker.CreateTopicAgain(Between(100, 8_000));
            if (_random.Next(2) == 0)
                _world.Group.Rebalance("the topic is deleted");
            return;
        }

        var partition = _random.Next(_world.Broker.Partitions.Count);
        var log = _world.Broker.Partitions[partition];
        _world.Broker.Truncate(partition, log.Low + (long)(_random.NextDouble() * (log.High - log.Low)));
    }

    private void Repeat(int times, Action fault)
    {
        for (var i = 0; i < times; i++)
            _world.Scheduler.After(_world.Scenario.Time * _random.NextDouble(), fault);
    }

    private TimeSpan Between(double leastMs, double mostMs) => TimeSpan.FromMilliseconds(leastMs + (_random.NextDouble() * (mostMs - leastMs)));

    // Its connections stay, and with them its transactions: it hangs within one if it can. One that is within a call that blocks would keep others from
    // coming back from theirs.
    private void Hang(int tries)
    {
        var able = _world.Processes.Where(process => !process.Context.IsFrozen && !_world.Scheduler.Blocked.Contains(process.Context)).ToList();
        var process = able.Find(process => _world.Graph.HoldsLedger(process.Context.Name)) ?? (tries == 0 ? able.FirstOrDefault() : null);
        if (process is null && tries > 0)
        {
            _world.Scheduler.After(TimeSpan.FromMilliseconds(7), () => Hang(tries - 1));
            return;
        }

        if (process is null || !_world.Story.Fault($"{process.Context.Name} hangs for good", "process: hangs for good"))
            return;
        process.Context.Freeze();
        _hung.Add(process);
        _world.Replace(process, Between(100, 15_000));
    }

    private void DropOut()
    {
        if (_world.Processes.ToList() is { Count: > 0 } processes && processes[_random.Next(processes.Count)] is var process
            && _world.Story.Fault($"the client of {process.Context.Name} leaves its group and does not join again", "group: client leaves"))
            process.DropOut();
    }

    private void SendRegistryAway()
    {
        var time = Between(500, 20_000);
        if (!_world.Story.Fault($"the registry is away for {time.TotalSeconds:0.0} s: no message can be read", "registry: away", time))
            return;
        RegistryIsAway = true;
        _world.Scheduler.After(time, () => RegistryIsAway = false);
    }

    private async Task MoveLedgerAsync()
    {
        var partition = _random.Next(_world.Broker.Partitions.Count);
        var (share, isForward) = (_random.NextDouble(), _random.Next(4) == 0);
        try
        {
            await _world.Graph.MoveLedgerAsync(partition, from =>
            {
                var log = _world.Broker.Partitions[partition];
                var (least, most) = isForward ? (Math.Max(from, log.Low), log.High) : (log.Low, Math.Max(from, log.Low));
                return least + (long)(share * (most - least));
            });
        }
        catch (Neo4jException)
        {
            // The graph is away, and nothing was moved.
        }
    }
}
