using System.Collections.Concurrent;
using Confluent.Kafka;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Testing;
using MovieFriends.Extensions;
using MovieFriends.KafkaToNeo4j;
using MovieFriends.KafkaToNeo4j.Batching;
using MovieFriends.KafkaToNeo4j.Bookkeeping;
using MovieFriends.KafkaToNeo4j.Hosting;
using MovieFriends.KafkaToNeo4j.Ports;
using MovieFriends.KafkaToNeo4j.Telemetry;
using MovieFriends.KafkaToNeo4j.Workers;

namespace MovieFriends.UnitTests.KafkaToNeo4j;

/// <summary>A worker with everything that it has in the consumer, but for the graph and the poll thread: what it asks of these is in the log.</summary>
internal sealed class WorkerStory : IDisposable
{
    private static readonly TopicPartition s_partition = new("charges", 3);

    private readonly FakeLogger<SettledBatches> _settledLog = new();
    private readonly ConcurrentQueue<FatalException> _fatal = new();
    private readonly TaskCompletionSource<FatalException> _firstFatal = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _messages;
    private readonly List<IDisposable> _owned = [];
    private bool _failsBookkeeping;
    private PartitionWorker? _worker;

    /// <param name="messages">How many messages the partition has, from offset 0.</param>
    public WorkerStory(long messages)
    {
        _messages = messages;
        (Graph, Position) = (new ScriptedGraph(Log), new ScriptedPosition(Log));
        Statistics = new StreamStatistics(TimeProvider.System, new RecentLatencies(TimeProvider.System));
    }

    /// <summary>Zero for a consumer that prepares nothing.</summary>
    public TimeSpan TransactionTimeout { get; init; } = TimeSpan.FromSeconds(10);

    public StoryLog Log { get; } = new();

    public ScriptedGraph Graph { get; }

    public ScriptedPosition Position { get; }

    public StreamStatistics Statistics { get; }

    public IReadOnlyCollection<FatalException> Fatal => _fatal;

    public Task<FatalException> FirstFatal => _firstFatal.Task;

    /// <summary>What the bookkeeping of committed batches has logged.</summary>
    public IReadOnlyList<FakeLogRecord> Settled => _settledLog.Collector.GetSnapshot();

    /// <summary>One of the steps that follow a commit throws each time.</summary>
    public void FailBookkeeping() => _failsBookkeeping = true;

    public void Start()
    {
        var options = new StreamOptions { MaxBatchSize = 2, MaxTransactions = 2, TransactionTimeout = TransactionTimeout };
        var stream = ChargeStream.With(options);
        var telemetry = Own(new StreamTelemetry(options, ChargeStream.Topic));
        var pool = new BatchPool(stream);
        var health = new DatabaseHealth(NullLogger<DatabaseHealth>.Instance, TimeProvider.System);
        var stop = new StopCondition(options, Statistics, new StreamEnd(EngineThreads.System));
        var limit = new ConcurrencyLimit(options);
        var settled = new SettledBatches(
            Statistics,
            telemetry,
            health,
            new BatchDump(options, NullLogger<BatchDump>.Instance),
            new OffsetCommitter(_ => { }, telemetry, TimeProvider.System, NullLogger<OffsetCommitter>.Instance),
            stop,
            _failsBookkeeping ? new BrokenClock() : TimeProvider.System,
            _settledLog);
        _worker = Own(new PartitionWorker(
            new BatchSource(new ScriptedPartition(s_partition, new PartitionBuffer(pool, maxWaitingMessages: 100, TimeProvider.System), _messages, Log), pool, stop, options),
            Position,
            new BatchWriter(s_partition, Graph, limit, options, TimeProvider.System, NullLogger<BatchWriter>.Instance),
            new BatchRetries(Statistics, telemetry, health, new Random(1), stream, NullLogger<BatchRetries>.Instance),
            settled,
            telemetry,
            EngineThreads.System,
            exception =>
            {
                _fatal.Enqueue(exception);
                _firstFatal.TrySetResult(exception);
            }));
        _worker.Start();
    }

    public Task<bool> StopAsync(TimeSpan timeout) => _worker!.StopAsync(timeout);

    public void Dispose()
    {
        // The worker was made last, and uses the others.
        foreach (var owned in Enumerable.Reverse(_owned))
            owned.Dispose();
    }

    private T Own<T>(T disposable)
        where T : IDisposable
    {
        _owned.Add(disposable);
        return disposable;
    }

    private sealed class BrokenClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => throw new InvalidOperationException("The clock is broken.");
    }

    /// <summary>An assigned partition whose messages are polled the moment that their place is known.</summary>
    private sealed class ScriptedPartition(TopicPartition partition, PartitionBuffer buffer, long messages, StoryLog log) : IAssignedPartition
    {
        public TopicPartition Partition => partition;

        public PartitionBuffer Buffer => buffer;

        public void Seek(long offset)
        {
            log.Add($"seek {offset}");
            buffer.Reset(offset);
            for (; offset < messages; offset++)
                buffer.Add(offset, default, "1000000,5.84,1484261697"u8, null, DateTimeOffset.UnixEpoch);
        }

        public void Resume()
        {
        }

        public void Taken()
        {
        }
    }
}
