using System.Diagnostics;
using Confluent.Kafka;
using MovieFriends.Bench.Environments;
using MovieFriends.Bench.Rounds;
using MovieFriends.Chaos.Servers;
using MovieFriends.Consumer.Rentals;
using Neo4j.Driver;

namespace MovieFriends.Bench.Candidates;

/// <summary>What most people would write: one loop that polls 1,000 messages, writes them with the same statement in one transaction, and commits the offsets afterwards.</summary>
internal sealed class RentalLoop(BenchEnvironment environment, RentalTopic topic) : ICandidate
{
    private const int BatchSize = 1_000;

    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(30);

    public string Name => "rentals, plain loop";

    /// <exception cref="TimeoutException">No message comes, though there should be more.</exception>
    public async Task<Sample> RunAsync(CancellationToken cancellationToken)
    {
        var config = KafkaClientSettings.Consumer(environment.Variables);
        config.GroupId = Guid.NewGuid().ToString();
        config.AutoOffsetReset = AutoOffsetReset.Earliest;
        config.EnableAutoCommit = false;
        using var consumer = new ConsumerBuilder<Ignore, byte[]>(config).SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
        await using var session = environment.Graph.AsyncSession();

        var watch = Stopwatch.StartNew();
        consumer.Subscribe(topic.Name);
        var (messages, batches) = (0L, 0L);
        while (messages < environment.Options.Messages)
        {
            var rows = Poll(consumer, (int)Math.Min(BatchSize, environment.Options.Messages - messages), cancellationToken);
            await session.ExecuteWriteAsync(async transaction =>
                await (await transaction.RunAsync(RentalConsumerExtensions.Cypher, new Dictionary<string, object?> { ["rows"] = rows })).ConsumeAsync());
            consumer.Commit();
            messages += rows.Count;
            batches++;
        }

        var seconds = watch.Elapsed.TotalSeconds;
        consumer.Close();
        return new Sample(messages / seconds, seconds, null, new Dictionary<string, long> { ["batches"] = batches });
    }

    private static List<object?> Poll(IConsumer<Ignore, byte[]> consumer, int count, CancellationToken cancellationToken)
    {
        var rows = new List<object?>();
        while (rows.Count < count)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var message = consumer.Consume(s_timeout) ?? throw new TimeoutException($"No message came within {s_timeout.TotalSeconds:0} s.");
            rows.Add(RentalTopic.RowOf(message.Message.Value));
        }

        return rows;
    }
}
