using Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using MovieFriends.Extensions;
using MovieFriends.Kafka;
using MovieFriends.KafkaToNeo4j;
using MovieFriends.KafkaToNeo4j.Hosting;
using MovieFriends.KafkaToNeo4j.Ledger;
using MovieFriends.KafkaToNeo4j.Polling;
using MovieFriends.KafkaToNeo4j.Ports;
using MovieFriends.KafkaToNeo4j.Workers;
using MovieFriends.Neo4j;
using MovieFriends.Simulation.Broker;
using MovieFriends.Simulation.Checking;
using MovieFriends.Simulation.Graph;
using MovieFriends.Simulation.Planted;
using MovieFriends.Simulation.Scheduling;

namespace MovieFriends.Simulation.Processes;

/// <summary>One process with the real engine in it, put together as the product does, on simulated servers and threads.</summary>
#pragma warning disable CA1001 // A process that is killed frees nothing.
internal sealed class SimulatedProcess
#pragma warning restore CA1001
{
    private readonly SimulatedWorld _simulation;
    private readonly SimulatedConsumer _consumer;
    private readonly ServiceProvider _services;
    private readonly StreamState _state;
    private readonly StreamEnd _end;
    private readonly CancellationTokenSource _stopping = new();
    private PartitionAssignment? _assignment;
    private long? _askedToEnd;

    public SimulatedProcess(SimulatedWorld simulation, string name)
    {
        _simulation = simulation;
        Context = new Context(simulation.Scheduler, name);
        var threads = new SimulatedThreads(Context, simulation.Plant);
        var settings = Settings(simulation);
        ILoggerFactory logs = simulation.Story.IsKept ? new StoryLogs(simulation.Story, name) : NullLoggerFactory.Instance;
        _state = new StreamState(settings, threads.Time, logs);
        _end = new StreamEnd(threads);

        var (buffers, events) = (new MessageBuffers(), new RebalanceEvents());
        _consumer = new SimulatedConsumer(simulation.Broker, simulation.Group, Context, threads, buffers, events, simulation.Story, simulation.Plant);

        var services = new ServiceCollection();
        services.AddSingleton(threads.Time);
        services.AddSingleton(logs);
        services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        services.AddSingleton(Options.Create(new KafkaOptions()));
        services.AddSingleton<KafkaRefusals>();
        services.AddSingleton<KafkaHealth>();
        services.AddSingleton(buffers);
        services.AddSingleton(events);
        services.AddSingleton<IEngineThreads>(threads);
        services.AddSingleton(simulation.Scheduler.Random);
        services.AddSingleton<IGraph>(new SimulatedGraph(simulation.Graph, Context, simulation.Story, simulation.Plant));
        services.AddSingleton<IGroupConsumer>(_consumer);
        services.AddSingleton<IBrokerClient>(new SimulatedBrokerClient(simulation.Broker, Context, simulation.Plant));
        services.AddSingleton(provider => new GraphRetry(
            threads.Time, provider.GetRequiredService<ILogger<GraphRetry>>(), "graph", random: simulation.Scheduler.Random));
        services.AddEngine(null!, settings, _state, _end);
        services.AddSingleton(provider => new OffsetLedger(provider.GetRequiredService<IGraph>(), settings.Topic, settings.Options, threads.Time) { Owner = name });
        Plant(services);
        _services = services.BuildServiceProvider();
    }

    public Context Context { get; }

    /// <summary>Whether it is there: not killed, and not at its end.</summary>
    public bool IsAlive { get; private set; } = true;

    public Member? Member => _consumer.Member;

    /// <summary>Whether it is to run again with new clients.</summary>
    public bool StartsAgain => _end.Outcome == RunOutcome.StartAgain;

    public void Start() => Context.Post(() => _ = RunAsync());

    /// <summary>Its client leaves the group for good.</summary>
    public void DropOut() => _consumer.DropOut();

    /// <summary>Its client brings nothing of the partition that it gets next.</summary>
    public void BringNothing() => _consumer.BringNothing();

    /// <summary>Asks it to end in order.</summary>
    public void Stop()
    {
        _askedToEnd ??= _simulation.Scheduler.Now - Context.HeldUp;
        Context.Post(() => _stopping.Cancel());
    }

    /// <summary>Ends it at once.</summary>
    public void Kill()
    {
        IsAlive = false;
        Context.Kill();
        _simulation.Graph.Disconnect(Context.Name);
        _state.Dispose();
    }

    /// <summary>Its buffers are within their bounds, it has counted nothing twice, and it has ended in time if it was asked to.</summary>
    public void Check()
    {
        if (!IsAlive || _assignment is not { } assignment)
            return;

        _simulation.Oracle.Counted(Context.Name, _state.Statistics.Settled);
        if (!Context.IsFrozen && _simulation.Scheduler.Now - Context.HeldUp - _askedToEnd > EndsWithin.Ticks)
            _simulation.Oracle.Violate(Promise.EndsInTime, $"{Context.Name} was asked to end more than {EndsWithin.TotalSeconds:0} s ago and has not");

        for (var partition = 0; partition < _simulation.Broker.Partitions.Count; partition++)
        {
            // One poll may bring a message after the buffer has become full.
            if (assignment.TryGet(partition, out var state) && state.Buffer.WaitingMessages > _simulation.Scenario.Options.MaxWaitingMessages + 1)
                _simulation.Oracle.Violate(Promise.BoundedMemory, $"{state.Buffer.WaitingMessages} messages of partition {partition} wait in {Context.Name}, which is to hold {_simulation.Scenario.Options.MaxWaitingMessages}");
        }
    }

    // A rebalance may be under way, with transactions that take their time, and the broker may be asked something; then it leaves the group.
    private TimeSpan EndsWithin => (2 * _simulation.Scenario.Options.LeaveTimeout) + TimeSpan.FromSeconds(15);

    private static StreamSettings Settings(SimulatedWorld simulation) => new(
        "kafka", "graph", () => new EventRows(() => simulation.Rare.RegistryIsAway, simulation.Plant), _ => new EventWriter(simulation.Scenario.SortsRows, simulation.Scenario.WritesAhead, simulation.Plant))
    {
        Topic = new TopicSettings(BrokerServer.Topic, BrokerServer.DeadLetterTopic, simulation.Scenario.Partitions),
        Options = simulation.Options,
    };

    private void Plant(ServiceCollection services)
    {
        if (_simulation.Plant == Simulation.Planted.Plant.None)
            return;

        var plant = _simulation.Plant;
        services.AddSingleton<Func<IAssignedPartition, Action<FatalException>, PartitionWorker>>(provider => (partition, onFatal) => PlantedWorker.New(
            provider,
            plant,
            plant.Of(partition, number => _simulation.Broker.Committed.TryGetValue(number, out var offset) ? offset : null, _simulation.Scheduler.Random),
            exception =>
            {
                if (plant.HearsFatal())
                    onFatal(exception);
            }));
    }

    private async Task RunAsync()
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token, _end.Token);
        string? failure = null;
        try
        {
            _assignment = _services.GetRequiredService<PartitionAssignment>();
            _simulation.Plant.Started(_services, Context);

            // As the product does before it joins its group; it matters only where the answers can change.
            if (_simulation.Options.OnNewTopic == NewTopicPolicy.StartOver)
                await _services.GetRequiredService<PartitionLocator>().WarmUpAsync(over.Token);
            await _services.GetRequiredService<PollThread>().RunAsync(over.Token);
            if (_end.Outcome == RunOutcome.Failed)
                failure = "a worker or a watch ended it";
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Before it joined the group.
        }
#pragma warning disable CA1031 // Whatever ends the engine is judged.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            failure = exception.Message;
        }

        IsAlive = false;
        _state.Dispose();
        _simulation.Ended(this, failure);
    }
}
