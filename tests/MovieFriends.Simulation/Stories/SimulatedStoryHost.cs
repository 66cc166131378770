using System.Text;
using MovieFriends.Kafka;
using MovieFriends.KafkaToNeo4j.Ledger;
using MovieFriends.Simulation.Broker;
using MovieFriends.Simulation.Planted;
using MovieFriends.Simulation.Processes;
using MovieFriends.Simulation.Scheduling;

namespace MovieFriends.Simulation.Stories;

/// <summary>A simulated world in which a story happens. The seed decides what happens first of what could happen.</summary>
internal sealed class SimulatedStoryHost : IStoryHost
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);

    private readonly SimulatedWorld _world;
    private readonly Dictionary<string, SimulatedProcess> _processes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _events = new(StringComparer.Ordinal);
    private readonly List<(int Partition, long Offset)> _written = [];
    private readonly Dictionary<string, string> _last = new(StringComparer.Ordinal);
    private readonly HashSet<SimulatedProcess> _ended = [];
    private string? _fatal;

    private SimulatedStoryHost(FaithfulStory story, long seed, Plant plant)
    {
        _world = SimulatedWorld.Quiet(
            seed,
            new Scenario
            {
                Partitions = story.Partitions,
                Processes = 0,
                Messages = 0,
                Time = TimeSpan.Zero,
                GraphFaults = 0,
                BrokerFaults = 0,
                SecondsBetweenFaults = 0,
                Oddities = 0,
                IsEager = seed % 2 == 0,
                SortsRows = false,
                WritesAhead = false,
                HasRetention = false,
                AddsPartition = false,
                Options = story.Options,
            },
            plant,
            Ended);
        _world.Graph.Committed = Committed;
        for (var partition = 0; partition < story.Partitions; partition++)
            _world.Broker.Partitions.Add(new PartitionLog());
        _world.Group.Start();
    }

    private Scheduler Scheduler => _world.Scheduler;

    /// <summary>Tells a story to its end.</summary>
    /// <param name="story">The story.</param>
    /// <param name="seed">Decides what happens first of what could happen.</param>
    /// <param name="plant">A fault that is planted; none by default.</param>
    /// <exception cref="InvalidOperationException">A promise was broken, or something that is to happen did not.</exception>
    public static StoryEnd Tell(FaithfulStory story, long seed, Plant? plant = null)
    {
        var host = new SimulatedStoryHost(story, seed, plant ?? Plant.None);
        var before = SynchronizationContext.Current;
        try
        {
            SynchronizationContext.SetSynchronizationContext(host.Scheduler.World);
            foreach (var step in story.Steps)
                Complete(step(host));
            return host.End();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
            foreach (var process in host._processes.Values)
                process.Kill();
        }
    }

    public Task ProduceAsync(int partition, IReadOnlyList<StoredMessage> messages)
    {
        foreach (var message in messages)
            _world.Broker.Partitions[partition].Add(message.For(_world.Broker.Partitions[partition].Number));
        return Task.CompletedTask;
    }

    // Who reads what is committed gets nothing at the offsets of what is not.
    public async Task ProduceTransactionAsync(int partition, IReadOnlyList<StoredMessage> messages, bool commits) =>
        await ProduceAsync(partition, [.. messages.Select(message => commits ? message : StoredMessage.Mark), StoredMessage.Mark]);

    public Task StartAsync(string consumer)
    {
        _processes.Add(consumer, new SimulatedProcess(_world, consumer));
        _processes[consumer].Start();
        return Task.CompletedTask;
    }

    public Task KillAsync(string consumer)
    {
        Pass();
        _processes[consumer].Kill();
        return Task.CompletedTask;
    }

    public Task StopAsync(string consumer)
    {
        _processes[consumer].Stop();
        return UntilAsync($"{consumer} has ended", () => _ended.Contains(_processes[consumer]));
    }

    public Task FreezeAsync(string consumer)
    {
        Pass();
        _processes[consumer].Context.Freeze();
        return Task.CompletedTask;
    }

    public Task ContinueAsync(string consumer)
    {
        _processes[consumer].Context.Thaw();
        return Task.CompletedTask;
    }

    public Task HasPartitionsAsync(string consumer) => UntilAsync($"{consumer} has partitions", () => _processes[consumer].Member?.Owned.Count > 0);

    public Task FailsAsync(string consumer) => UntilAsync($"{consumer} has given up", () => _fatal is not null && _ended.Contains(_processes[consumer]));

    public Task SettledAsync() => UntilAsync("everything is settled", () => _world.Oracle.IsComplete(_world.Graph.Ledger));

    public Task BrokerGoesAsync()
    {
        _world.Broker.Restart(Scheduler.Between(2_000, 8_000));
        return Task.CompletedTask;
    }

    public Task BrokerReturnsAsync() => UntilAsync("the broker is back", () => !_world.Broker.IsDown);

    public Task GraphGoesAsync()
    {
        _world.Graph.Restart(Scheduler.Between(2_000, 8_000));
        return Task.CompletedTask;
    }

    public Task GraphReturnsAsync() => UntilAsync("the graph is back", () => !_world.Graph.IsDown);

    public Task DeleteAsync(int partition, long before)
    {
        _world.Broker.Delete(partition, before);
        return Task.CompletedTask;
    }

    public Task MoveLedgerAsync(int partition, long offset)
    {
        // It waits for whoever holds the ledger.
        var move = _world.Graph.MoveLedgerAsync(partition, _ => offset);
        Scheduler.RunUntil(() => move.IsCompleted, Scheduler.Now + s_limit.Ticks);
        return move;
    }

    public Task AddPartitionAsync()
    {
        _world.Broker.Partitions.Add(new PartitionLog());
        _world.Group.Rebalance("a partition is added");
        return Task.CompletedTask;
    }

    public Task CreateTopicAgainAsync()
    {
        _world.Broker.CreateTopicAgain(Scheduler.Between(100, 5_000));
        return Task.CompletedTask;
    }

    private void Ended(SimulatedProcess process, string? failure)
    {
        _ended.Add(process);
        if (process.StartsAgain)
            Replace(process);
        if (failure is not null)
            _fatal = StoryEnd.FatalIn(_world.Story.Text + failure);
    }

    // The real one does so within its process.
    private void Replace(SimulatedProcess process)
    {
        var consumer = _processes.Single(pair => pair.Value == process).Key;
        _processes[consumer] = new SimulatedProcess(_world, $"{process.Context.Name}, again");
        _processes[consumer].Start();
    }

    private void Committed(Graph.Transaction transaction)
    {
        _events.UnionWith(transaction.Created);
        foreach (var row in transaction.Rows.OrderBy(row => row.Offsets[^1]))
        {
            _written.AddRange(row.Offsets.Select(offset => (row.Partition, offset)));
            _last[row.Key] = row.Id;
        }
    }

    private StoryEnd End()
    {
        if (_world.Scheduler.Escape is { } escape)
            throw new InvalidOperationException($"A continuation left the simulation: {escape}");
        return new StoryEnd
        {
            Events = _events,
            Written = _written,
            Last = _last.Select(last => (last.Key, last.Value)),
            DeadLetters = Enumerable.Range(0, BrokerServer.DeadLetterPartitions).SelectMany(_world.Broker.DeadLetters)
                .Select(letter => (letter.Partition, letter.Source, Encoding.UTF8.GetString(letter.Message.Headers.GetLastBytes(DeadLetterHeaders.ErrorType)))),
            Ledger = _world.Broker.Partitions.Select((log, partition) =>
                (partition, _world.Graph.Ledger.GetValueOrDefault(LedgerNames.IdOf(BrokerServer.Topic, partition))?.NextOffset ?? 0, log.High)),
            Fatal = _fatal,
        };
    }

    // What is under way when something happens is drawn.
    private void Pass()
    {
        var until = Scheduler.Now + Scheduler.Between(0, 3_000).Ticks;
        Scheduler.RunUntil(() => Scheduler.Now >= until, until);
    }

    private Task UntilAsync(string what, Func<bool> condition)
    {
        Scheduler.RunUntil(() => condition() || _world.Oracle.Violation is not null, Scheduler.Now + s_limit.Ticks);
        if (_world.Oracle.Violation is { } violation)
            throw new InvalidOperationException($"{violation}. What happened:\n{_world.Story.Text}");
        return condition() ? Task.CompletedTask : throw new InvalidOperationException($"Within {s_limit.TotalMinutes:0} minutes it did not happen: {what}. What happened:\n{_world.Story.Text}");
    }

    // All of it happens within the call.
    private static void Complete(Task step)
    {
        if (!step.IsCompleted)
            throw new InvalidOperationException("A step has left the simulation.");
        step.GetAwaiter().GetResult();
    }
}
