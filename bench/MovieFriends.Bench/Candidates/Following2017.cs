using Confluent.Kafka;
using MovieFriends.Bench.Environments;
using MovieFriends.Chaos.Servers;
using Neo4j.Driver;

namespace MovieFriends.Bench.Candidates;

/// <summary>
/// The consumer of the article of 2017, as in <see cref="Algorithm2017"/>, as it runs for ever: nothing is written until a batch is full. It says
/// which offsets its batches end at; whether a batch is in the graph is seen there, by the number of charges.
/// </summary>
internal sealed class Following2017(BenchEnvironment environment) : IFollower
{
    /// <summary>What it is called beside the other.</summary>
    public const string Title = "2017";

    private const string Charges = "MATCH (c:DailyCharge) RETURN count(c) AS charges";

    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly List<(long Messages, Dictionary<int, long> Positions)> _batches = [];
    private IConsumer<string, string>? _consumer;
    private ChargeUserIndex? _index;
    private Task _reading = Task.CompletedTask;

    public string Name => Title;

    public bool WritesEverything => false;

    public Task Ended => _reading;

    public async Task StartAsync(FreshTopic topic, CancellationToken cancellationToken)
    {
        var index = _index = await ChargeUserIndex.CreateAsync(environment.Graph, Algorithm2017.Statement);
        var config = KafkaClientSettings.Consumer(environment.Variables);
        config.GroupId = Guid.NewGuid().ToString();
        config.AutoOffsetReset = AutoOffsetReset.Earliest;
        var assigned = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _consumer = new ConsumerBuilder<string, string>(config)
            .SetLogHandler((_, _) => { })
            .SetErrorHandler((_, _) => { })
            .SetPartitionsAssignedHandler((_, partitions) => Begin(partitions, assigned))
            .Build();
        _consumer.Subscribe(topic.Name);
        _reading = Task.Run(() => ReadAsync(_consumer, index), CancellationToken.None);
        await Task.WhenAny(assigned.Task, _reading).WaitAsync(s_timeout, cancellationToken);
    }

    public async Task<IReadOnlyDictionary<int, long>> ReadPositionsAsync(IAsyncSession session)
    {
        var charges = (await (await session.RunAsync(Charges)).SingleAsync())["charges"].As<long>();
        lock (_lock)
            return _batches.LastOrDefault(batch => batch.Messages <= charges).Positions ?? [];
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _reading;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading.ContinueWith(_ => { }, TaskScheduler.Default);
        _consumer?.Dispose();
        if (_index is not null)
            await _index.DisposeAsync();
        _stop.Dispose();
    }

    private void Begin(List<TopicPartition> partitions, TaskCompletionSource assigned)
    {
        lock (_lock)
        {
            if (_batches.Count == 0)
                _batches.Add((0, partitions.ToDictionary(partition => partition.Partition.Value, _ => 0L)));
        }

        assigned.TrySetResult();
    }

    private async Task ReadAsync(IConsumer<string, string> consumer, ChargeUserIndex index)
    {
        await using var session = environment.Graph.AsyncSession();
        try
        {
            for (; ; )
                await Algorithm2017.WriteAsync(session, index, Poll(consumer));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Whatever does not fill a batch is left.
        }
        finally
        {
            consumer.Close();
        }
    }

    private List<string[]> Poll(IConsumer<string, string> consumer)
    {
        var rows = new List<string[]>();
        var ends = new Dictionary<int, long>();
        while (rows.Count < Algorithm2017.BatchSize)
        {
            var message = consumer.Consume(_stop.Token);
            rows.Add(message.Message.Value.Split(','));
            ends[message.Partition.Value] = message.Offset.Value + 1;
        }

        Note(rows.Count, ends);
        return rows;
    }

    private void Note(int messages, Dictionary<int, long> ends)
    {
        lock (_lock)
        {
            var (before, positions) = _batches[^1];
            positions = new(positions);
            foreach (var (partition, end) in ends)
                positions[partition] = end;
            _batches.Add((before + messages, positions));
        }
    }
}
