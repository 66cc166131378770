using System.Globalization;
using MovieFriends.KafkaToNeo4j;
using MovieFriends.Simulation.Broker;
using MovieFriends.Simulation.Checking;
using MovieFriends.Simulation.Graph;
using MovieFriends.Simulation.Planted;
using MovieFriends.Simulation.Processes;
using MovieFriends.Simulation.Scheduling;

namespace MovieFriends.Simulation;

/// <summary>One world, from a seed: a broker, a graph, processes with the engine in them, messages that come and faults, until all is written.</summary>
internal sealed class SimulatedWorld
{
    /// <summary>So long after the last fault everything is to be written, in simulated time.</summary>
    public static readonly TimeSpan Bound = TimeSpan.FromMinutes(4);

    private readonly List<SimulatedProcess> _processes = [];
    private int _started;
    private int _events;
    private long _faultsUntil;
    private int _completeAt = -1;
    private Recording? _recording;

    private SimulatedWorld(long seed, Variant variant, Plant plant, bool keepStory, Scenario? scenario = null)
    {
        Seed = seed;
        Variant = variant;
        Plant = plant;
        Scheduler = new Scheduler(seed);
        Scheduler.LosesTimer = dueTime => plant.LosesTimer(Scheduler.Random, dueTime);
        Scheduler.LosesWakeUp = () => plant.LosesWakeUp(Scheduler.Random);
        Story = new Story(Scheduler, variant, keepStory);
        Oracle = new Oracle(Story);
        Scenario = scenario ?? variant.Of(Scenario.Draw(Scheduler.Random));
        if (variant.Schedule is { } schedule)
            Scheduler.Draw(schedule);
        Broker = new BrokerServer(Scheduler, Oracle, Story) { FaultRate = Scenario.BrokerFaults };
        Graph = new GraphServer(Scheduler, Oracle, Story, plant)
        {
            FaultRate = Scenario.GraphFaults,

            LocksInOrder = Scenario.SortsRows,
        };
        Group = new GroupCoordinator(Scheduler, Broker, Story, Scenario.IsEager);
        Oracle.Broker = Broker;
        Rare = new RareFaults(this);
    }

    public long Seed { get; }

    public Variant Variant { get; }

    public Plant Plant { get; }

    public Scheduler Scheduler { get; }

    public Story Story { get; }

    public Oracle Oracle { get; }

    public Scenario Scenario { get; }

    /// <summary>What every consumer is told.</summary>
    public StreamOptions Options => Rare.ReplacesMessages ? Scenario.Options with { OnNewTopic = NewTopicPolicy.StartOver } : Scenario.Options;

    public BrokerServer Broker { get; }

    public GraphServer Graph { get; }

    public GroupCoordinator Group { get; }

    /// <summary>How many processes were started.</summary>
    public int Started => _started;

    /// <summary>Hears of the end of a process instead of the world, which would start another one.</summary>
    public Action<SimulatedProcess, string?>? HearsEnd { get; init; }

    public RareFaults Rare { get; }

    public IReadOnlyList<SimulatedProcess> Processes => _processes;

    private Random Random => Scheduler.Random;

    /// <summary>A world in which nothing happens but what somebody else decides.</summary>
    public static SimulatedWorld Quiet(long seed, Scenario scenario, Plant plant, Action<SimulatedProcess, string?> hearsEnd) =>
        new(seed, Variant.Whole, plant, keepStory: true, scenario) { HearsEnd = hearsEnd };

    /// <summary>Runs a world to its end.</summary>
    /// <param name="seed">Decides everything.</param>
    /// <param name="plant">A fault that is planted; none by default.</param>
    /// <param name="keepStory">Whether it is to be told.</param>
    /// <param name="variant">What is left out; nothing by default.</param>
    /// <param name="recording">Looks at it for a report; none by default.</param>
    public static Verdict Run(long seed, Plant? plant = null, bool keepStory = false, Variant? variant = null, Recording? recording = null)
    {
        var simulation = new SimulatedWorld(seed, variant ?? Variant.Whole, plant ?? Plant.None, keepStory) { _recording = recording };
        var before = SynchronizationContext.Current;
        try
        {
            SynchronizationContext.SetSynchronizationContext(simulation.Scheduler.World);
            return simulation.Run();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    /// <summary>A process has come to its end.</summary>
    /// <param name="process">The process.</param>
    /// <param name="failure">Why it could not go on; null if it was asked to end.</param>
    public void Ended(SimulatedProcess process, string? failure)
    {
        Story.Say($"{process.Context.Name} ends{(failure is null ? "" : $": {failure}")}");
        process.Context.Kill();
        _processes.Remove(process);

        if (HearsEnd is { } hear)
        {
            hear(process, failure);
            return;
        }

        // Nothing that happens here is beyond mending.
        if (failure is not null)
            Oracle.Violate(Promise.NobodyStepsIn, $"{process.Context.Name} gives up, though nothing fatal has happened: {failure}");
        Scheduler.After(Scheduler.Between(100, 5_000), Start);
    }

    /// <summary>A process is not there any more, as far as anybody can tell, and another one is started.</summary>
    public void Replace(SimulatedProcess process, TimeSpan after)
    {
        _processes.Remove(process);
        Scheduler.After(after, Start);
    }

    private Verdict Run()
    {
        _faultsUntil = Scenario.Time.Ticks;
        Story.Say(string.Create(CultureInfo.InvariantCulture, $"{Scenario.Processes} processes, {Scenario.Partitions} partitions of {Scenario.Messages} messages; {(Scenario.IsEager ? "eager" : "cooperative")} rebalances; faults for {Scenario.Time.TotalSeconds} s"));
        for (var partition = 0; partition < Scenario.Partitions; partition++)
            AddPartition();
        for (var process = 0; process < Scenario.Processes; process++)
            Scheduler.After(Scheduler.Between(0, 2_000), Start);
        Group.Start();
        Rare.Schedule();
        ScheduleFault();
        Scheduler.After(Scenario.Time, EndFaults);
        Scheduler.AfterStep = AfterStep;
        Scheduler.RunUntil(static () => false);

        var verdict = new Verdict
        {
            Seed = Seed,
            Variant = Variant,
            Scenario = Scenario,
            Broken = Oracle.Broken,
            Violation = Oracle.Violation,
            Story = Story.Text,
            Fingerprint = Story.Fingerprint,
            Faults = Story.Faults,
            Deadlocks = Graph.Deadlocks,
            Rebalances = Group.Rebalances,
            Commits = Oracle.Commits,
            Messages = Oracle.Written,
            ExcusedDoubles = Oracle.ExcusedDoubles,
            Steps = Scheduler.Steps,
            Time = Scheduler.Elapsed,
        };
        foreach (var process in _processes.Concat(Rare.Hung).ToArray())
            process.Kill();
        return verdict;
    }

    private void AfterStep()
    {
        _recording?.Look(this);
        if (Scheduler.Escape is { } escape)
            Oracle.Violate(Promise.StaysInside, $"a continuation left the simulation: {escape}");
        for (var i = 0; i < _processes.Count; i++)
            _processes[i].Check();
        if (Oracle.Violation is null && Scheduler.Now >= _faultsUntil)
        {
            if (IsComplete())
                Scheduler.IsOver = true;
            else if (Scheduler.Now - Math.Max(Story.LastFault, _faultsUntil) > Bound.Ticks)
                Oracle.Violate(Promise.Progress, $"{Bound.TotalMinutes:0} minutes after the last fault not everything is written: {Positions()}");
        }

        if (Oracle.Violation is not null)
            Scheduler.IsOver = true;
    }

    // Asked for only when something was committed since.
    private bool IsComplete()
    {
        if (_completeAt == Oracle.Commits)
            return false;
        _completeAt = Oracle.Commits;
        return Oracle.IsComplete(Graph.Ledger);
    }

    private string Positions() => string.Join("; ", Broker.Partitions.Select((log, partition) =>
        $"partition {partition} ends at {log.High}, its ledger stands at {Graph.Ledger.GetValueOrDefault($"{BrokerServer.Topic}/{partition}")?.NextOffset ?? 0}"));

    private void Start()
    {
        var process = new SimulatedProcess(this, $"process {++_started}");
        _processes.Add(process);
        Story.Say($"{process.Context.Name} starts");
        process.Start();
    }

    private void AddPartition()
    {
        var partition = Broker.Partitions.Count;
        Broker.Partitions.Add(new PartitionLog());
        var left = Scenario.Messages;
        while (left > 0)
        {
            var count = Math.Min(left, Random.Next(1, 40));
            left -= count;
            Scheduler.After(Scheduler.Between(0, (_faultsUntil - Scheduler.Now) / TimeSpan.TicksPerMillisecond), () => Send(partition, count));
        }
    }

    private void Send(int partition, int count)
    {
        for (var i = 0; i < count; i++)
            Broker.Partitions[partition].Add(NewMessage(Broker.Partitions[partition].Number));
        if (Random.Next(4) == 0)
            Broker.Partitions[partition].Add(StoredMessage.Mark.For(Broker.Partitions[partition].Number));
    }

    private StoredMessage NewMessage(int log)
    {
        // One that says what an earlier one said has its id.
        var isOdd = Scheduler.Chance(Scenario.Oddities);
        var id = isOdd && _events > 0 && Random.Next(3) == 0 ? Random.Next(_events) : _events++;
        var kind = isOdd
            ? Random.Next(4) switch { 0 => MessageKinds.Rubbish, 1 => MessageKinds.Refused, 2 => MessageKinds.Nothing, _ => MessageKinds.Event }
            : MessageKinds.Event;
        return StoredMessage.Of(kind, kind == MessageKinds.Refused ? $"r{id}" : $"e{id}", $"k{Random.Next(20)}", log);
    }

    private void ScheduleFault() => Scheduler.After(TimeSpan.FromSeconds(Scenario.SecondsBetweenFaults * (0.2 + (Random.NextDouble() * 1.6))), () =>
    {
        if (Scheduler.Now >= _faultsUntil)
            return;
        Fault();
        ScheduleFault();
    });

    private void Fault()
    {
        var process = _processes.Count == 0 ? null : _processes[Random.Next(_processes.Count)];
        switch (Random.Next(9))
        {
            case 0 or 1 when process is not null:
                if (!Story.Fault($"{process.Context.Name} is killed", "process: killed"))
                    break;
                _processes.Remove(process);
                process.Kill();
                Scheduler.After(Scheduler.Between(100, 15_000), Start);
                break;
            case 2 when process is not null:
                if (Story.Fault($"{process.Context.Name} is asked to end", "process: asked to end"))
                    process.Stop();
                break;
            case 3 or 4 when process is { Context.IsFrozen: false }:
                var time = Scheduler.Between(100, 30_000);
                if (!Story.Fault($"{process.Context.Name} is frozen for {time.TotalSeconds:0.0} s", "process: frozen", time))
                    break;
                process.Context.Freeze();
                Scheduler.After(time, process.Context.Thaw);
                break;
            case 5 when process?.Member is { } member:
                Group.Cut(member, Scheduler.Between(1_000, 30_000));
                break;
            case 6:
                Graph.Restart(Scheduler.Between(100, 15_000));
                break;
            case 7 when Random.Next(2) == 0:
                Broker.Restart(Scheduler.Between(100, 8_000));
                break;
            case 7:
                Graph.SetReadOnly(Scheduler.Between(100, 8_000));
                break;
            case 8 when Scenario.HasRetention:
                var partition = Random.Next(Broker.Partitions.Count);
                Broker.Delete(partition, Random.NextInt64(Broker.Partitions[partition].High + 1));
                break;
            case 8 when Scenario.AddsPartition && Broker.Partitions.Count < 6:
                if (!Story.Fault("a partition is added", "broker: partition added"))
                    break;
                AddPartition();
                Group.Rebalance("a partition is added");
                break;
            default:
                if (Story.Fault("the group is to rebalance", "group: rebalance"))
                    Group.Rebalance("for no reason that a member knows");
                break;
        }
    }

    private void EndFaults()
    {
        Story.Say("No more faults.");
        Graph.FaultRate = Broker.FaultRate = 0;
    }
}
