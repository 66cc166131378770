using System.Diagnostics;
using Confluent.Kafka;
using MovieFriends.Bench.Environments;
using MovieFriends.Bench.Rounds;
using MovieFriends.Chaos.Servers;
using Neo4j.Driver;

namespace MovieFriends.Bench.Candidates;

/// <summary>
/// The consumer of the article of 2017: one loop that polls message by message until a batch is full, then writes the batch in one
/// transaction and polls on. Rows are lists of strings, which the database converts; nothing is read while it writes.
/// </summary>
internal sealed class Algorithm2017(BenchEnvironment environment) : ICandidate
{
    /// <summary>Messages in one transaction.</summary>
    public const int BatchSize = 50_000;

    /// <summary>Written anew from the article's description: match the user, merge the relationship to the charge, and set what is new.</summary>
    public const string Statement = """
        UNWIND $rows AS row
        MATCH (u:User {userId: toInteger(row[0])})
        MERGE (u)-[:HAS_DAILY_CHARGE]->(c:DailyCharge {userId: toInteger(row[0])})
        ON CREATE SET c.amountUSD = toFloat(row[1]), c.createdDate = toFloat(row[2])
        """;

    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(30);

    public string Name => "2017";

    /// <exception cref="TimeoutException">No message comes, though there should be more.</exception>
    public async Task<Sample> RunAsync(CancellationToken cancellationToken)
    {
        await using var index = await ChargeUserIndex.CreateAsync(environment.Graph, Statement);
        var config = KafkaClientSettings.Consumer(environment.Variables);
        config.GroupId = Guid.NewGuid().ToString();
        config.AutoOffsetReset = AutoOffsetReset.Earliest;
        using var consumer = new ConsumerBuilder<string, string>(config).SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
        await using var session = environment.Graph.AsyncSession();

        var watch = Stopwatch.StartNew();
        consumer.Subscribe(environment.Backlog.Topic);
        var (messages, batches) = (0L, 0L);
        while (messages < environment.Options.Messages)
        {
            var rows = Poll(consumer, Math.Min(BatchSize, environment.Options.Messages - messages), cancellationToken);
            await WriteAsync(session, index, rows);
            messages += rows.Count;
            batches++;
        }

        var seconds = watch.Elapsed.TotalSeconds;
        consumer.Close();
        return new Sample(messages / seconds, seconds, null, new Dictionary<string, long> { ["batches"] = batches });
    }

    /// <summary>Writes a batch, in the plan that goes with the index: the id of the user, the amount and the time of each charge, as strings.</summary>
    public static async Task WriteAsync(IAsyncSession session, ChargeUserIndex index, IReadOnlyList<string[]> rows)
    {
        await using var transaction = await session.BeginTransactionAsync();
        var cursor = await transaction.RunAsync(index.PlanOption + Statement, new Dictionary<string, object?> { ["rows"] = rows });
        await cursor.ConsumeAsync();
        await transaction.CommitAsync();
    }

    private static List<string[]> Poll(IConsumer<string, string> consumer, long count, CancellationToken cancellationToken)
    {
        var rows = new List<string[]>();
        while (rows.Count < count)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var message = consumer.Consume(s_timeout) ?? throw new TimeoutException($"No message came within {s_timeout.TotalSeconds:0} s.");
            rows.Add(message.Message.Value.Split(','));
        }

        return rows;
    }
}
