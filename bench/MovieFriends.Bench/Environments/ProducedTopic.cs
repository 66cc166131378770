using Confluent.Kafka;
using MovieFriends.Bench.Rounds;
using MovieFriends.Chaos.Servers;
using MovieFriends.Kafka;

namespace MovieFriends.Bench.Environments;

/// <summary>The topic that producers append to: each run all messages, no more and no fewer.</summary>
internal sealed class ProducedTopic : IFixture, IDisposable
{
    // Enough for the mean length of a value; the topic is there afterwards, and its partitions have leaders.
    private const int FirstMessages = 1_000;

    // Of a user id, which begin at 1,000,000.
    private const int KeyLength = 7;

    private readonly BenchEnvironment _environment;
    private readonly IConsumer<Ignore, Ignore> _reader;
    private long _before;

    private ProducedTopic(BenchEnvironment environment, string name, int recordSize)
    {
        (_environment, Name, RecordSize) = (environment, name, recordSize);
        var config = KafkaClientSettings.Consumer(environment.Variables);

        // Only to ask for offsets; it joins no group.
        config.GroupId = "bench";
        _reader = new ConsumerBuilder<Ignore, Ignore>(config).SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
    }

    public string Name { get; }

    /// <summary>Bytes of a charge's key and value, on average.</summary>
    public int RecordSize { get; }

    /// <summary>Has the producer make the topic.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static async Task<ProducedTopic> CreateAsync(BenchEnvironment environment, CancellationToken cancellationToken)
    {
        var name = $"produced-{Guid.NewGuid():N}";
        var (report, _) = await environment.ProduceAsync(name, FirstMessages, cancellationToken);
        return new ProducedTopic(environment, name, KeyLength + (int)Math.Round((double)report.Bytes / report.Messages));
    }

    public async Task ResetAsync(CancellationToken cancellationToken) => _before = await CountAsync(cancellationToken);

    public async Task<IReadOnlyList<string>> FindDifferencesAsync(CancellationToken cancellationToken)
    {
        var added = await CountAsync(cancellationToken) - _before;
        return added == _environment.Options.Messages ? [] : [$"{added} messages instead of {_environment.Options.Messages}"];
    }

    public void Dispose() => _reader.Dispose();

    private async Task<long> CountAsync(CancellationToken cancellationToken)
    {
        var partitions = Enumerable.Range(0, _environment.Partitions).Select(partition => new TopicPartition(Name, partition));
        return (await WatermarkReader.ReadAsync(_reader, partitions, cancellationToken)).Sum(offsets => offsets.Latest);
    }
}
