using MovieFriends.Chaos.Processes;
using MovieFriends.Contracts.Graph;
using MovieFriends.KafkaToNeo4j.Ledger;
using MovieFriends.Neo4j;
using Neo4j.Driver;

namespace MovieFriends.IntegrationTests.Infrastructure;

/// <summary>What tests do by way of the graph: look for owners in the ledger, add and drop constraints.</summary>
internal static class LedgerProbe
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(2);

    /// <summary>Waits until so many consumers have moved the ledger.</summary>
    public static Task OwnersOfLedgerAsync(this Scenario scenario, int count, CancellationToken cancellationToken) => Wait.UntilAsync(
        $"the ledger has {count} owners",
        s_timeout,
        async () => (await scenario.OwnersAsync()).Count >= count ? "yes" : null,
        cancellationToken);

    /// <summary>Waits until each of these consumers has said that partitions were assigned to it.</summary>
    public static Task HavePartitionsAsync(this Scenario scenario, params IRunningService[] consumers) => Wait.UntilAsync(
        $"{consumers.Length} consumers have partitions of {scenario.Topic}",
        s_timeout,
        () => Task.FromResult(consumers.All(c => c.Log.Any(line => line.Contains("Partitions assigned: ", StringComparison.Ordinal) && char.IsAsciiDigit(line[^1])))),
        scenario.Cancellation);

    /// <summary>Where each partition's ledger stands.</summary>
    public static async Task<Dictionary<int, long>> LedgerAsync(this Scenario scenario)
    {
        var rows = await scenario.QueryAsync("MATCH (o:KafkaOffset) RETURN o.id AS id, o.nextOffset AS next");
        return rows.ToDictionary(r => LedgerNames.Parse(r["id"].As<string>())!.Value.Partition, r => r["next"].As<long>());
    }

    /// <summary>How many messages are settled, as long as the database answers; -1 while it does not.</summary>
    public static async Task<long> LedgerSumAsync(this Scenario scenario)
    {
        try
        {
            return (await scenario.LedgerAsync()).Values.Sum();
        }
        catch (Exception exception) when (exception is Neo4jException or IOException)
        {
            return -1;
        }
    }

    /// <summary>Waits until the topic's partitions have so many messages.</summary>
    public static Task TopicReachesAsync(this Scenario scenario, long messages, CancellationToken cancellationToken)
    {
        var config = MovieFriends.Chaos.Servers.KafkaClientSettings.Consumer(scenario.Environment);
        config.GroupId = "tests";
        return Wait.UntilAsync(
            $"{scenario.Topic} has {messages} messages",
            s_timeout,
            () => Task.Run(() => Count() >= messages),
            cancellationToken);

        long Count()
        {
            using var consumer = new Confluent.Kafka.ConsumerBuilder<byte[], byte[]>(config).SetErrorHandler((_, _) => { }).SetLogHandler((_, _) => { }).Build();
            using var admin = new Confluent.Kafka.DependentAdminClientBuilder(consumer.Handle).Build();
            try
            {
                return admin.GetMetadata(scenario.Topic, TimeSpan.FromSeconds(5)).Topics[0].Partitions
                    .Sum(p => consumer.QueryWatermarkOffsets(new Confluent.Kafka.TopicPartition(scenario.Topic, p.PartitionId), TimeSpan.FromSeconds(5)).High.Value);
            }
            catch (Confluent.Kafka.KafkaException)
            {
                return -1;
            }
        }
    }

    public static Task CreateConstraintAsync(this Scenario scenario, string label, string property) => scenario.RunEitherAsync(
        $"CREATE CONSTRAINT extra FOR (n:{label}) REQUIRE n.{property} IS UNIQUE",
        $"CREATE CONSTRAINT ON (n:{label}) ASSERT n.{property} IS UNIQUE");

    public static Task DropConstraintAsync(this Scenario scenario, string label, string property) => scenario.RunEitherAsync(
        "DROP CONSTRAINT extra",
        $"DROP CONSTRAINT ON (n:{label}) ASSERT n.{property} IS UNIQUE");

    /// <summary>Takes away a constraint that the services make when they start.</summary>
    public static async Task DropUniqueAsync(this Scenario scenario, string label, string property)
    {
        await GraphSchema.EnsureAsync(scenario.Graph, database: null, GraphNames.Keys, scenario.Cancellation);
        try
        {
            var names = await scenario.QueryAsync(
                "SHOW CONSTRAINTS YIELD name, labelsOrTypes, properties WHERE labelsOrTypes = [$label] AND properties = [$property] RETURN name", new { label, property });
            await scenario.QueryAsync($"DROP CONSTRAINT `{names.Single()["name"].As<string>()}`");
        }
        catch (ClientException exception) when (exception.Code == "Neo.ClientError.Statement.SyntaxError")
        {
            await scenario.QueryAsync($"DROP CONSTRAINT ON (n:{label}) ASSERT n.{property} IS UNIQUE");
        }
    }

    private static async Task<HashSet<string>> OwnersAsync(this Scenario scenario)
    {
        var rows = await scenario.QueryAsync("MATCH (o:KafkaOffset) WHERE o.owner IS NOT NULL RETURN DISTINCT o.owner AS owner");
        return [.. rows.Select(row => row["owner"].As<string>())];
    }

    private static async Task RunEitherAsync(this Scenario scenario, string modern, string old)
    {
        try
        {
            await scenario.QueryAsync(modern);
        }
        catch (ClientException exception) when (exception.Code == "Neo.ClientError.Statement.SyntaxError")
        {
            await scenario.QueryAsync(old);
        }
    }
}
