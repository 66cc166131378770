using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using MovieFriends.Extensions;
using MovieFriends.Kafka;
using MovieFriends.KafkaToNeo4j.Ledger;
using MovieFriends.KafkaToNeo4j.Polling;
using MovieFriends.KafkaToNeo4j.Workers;
using MovieFriends.Neo4j;
using Neo4j.Driver;

namespace MovieFriends.KafkaToNeo4j.Hosting;

/// <summary>What must be so before a stream joins its group: graph and topic are as they should be, and the stream is warm.</summary>
internal sealed class StreamPreparation(
    StreamSettings stream,
    IDriver driver,
    Neo4jDriverSettings settings,
    GraphRetry retry,
    TopicReadiness readiness,
    IConsumer<MessageBytes, MessageBytes> consumer,
    WarmUp warmUp,
    Microsoft.Extensions.Logging.ILogger<StreamPreparation> logger)
{
    /// <summary>Makes it so, however long it takes to reach database and broker.</summary>
    /// <exception cref="FatalException">Database or broker refuse for a reason that no repetition mends.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var keys = stream.Keys.Append((LedgerNames.Label, LedgerNames.Id)).Distinct();
        await retry.RunAsync(() => GraphSchema.EnsureAsync(driver, settings.Database, keys, cancellationToken), cancellationToken);
        if (stream.Check is { } check)
            await retry.RunAsync(() => check(driver, settings.Database, logger), cancellationToken);
        var partitions = await readiness.WaitAsync(consumer.Handle, cancellationToken);
        await warmUp.RunAsync(partitions.Count, cancellationToken);
    }
}
