using Confluent.Kafka;
using MovieFriends.Consumer.Polling;
using MovieFriends.Consumer.Seed;
using MovieFriends.Consumer.Workers;
using MovieFriends.Contracts.Graph;
using MovieFriends.Extensions;
using MovieFriends.Kafka;
using MovieFriends.Neo4j;
using Neo4j.Driver;

namespace MovieFriends.Consumer;

/// <summary>What must be so before the consumer joins its group: users are there if it waits for them, graph and topic are as they should be, and the consumer is warm.</summary>
internal sealed class ConsumerPreparation(
    SeedWait seed,
    IDriver driver,
    Neo4jDriverSettings settings,
    GraphRetry retry,
    TopicReadiness readiness,
    IConsumer<MessageBytes, MessageBytes> consumer,
    WarmUp warmUp)
{
    /// <summary>Prepares, however long it takes to reach database and broker.</summary>
    /// <exception cref="FatalException">The graph is not one of this program, or a server refuses for a reason that no repetition mends.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await seed.RunAsync(cancellationToken);
        await retry.RunAsync(() => GraphSchema.EnsureAsync(driver, settings.Database, GraphNames.Keys, cancellationToken), cancellationToken);
        if (await retry.RunAsync(() => NodeKeys.FindForeignAsync(driver, settings.Database, GraphNames.User, GraphNames.UserId), cancellationToken) is { } foreign)
            throw new FatalException(ForeignUsers.Explain(foreign.Value));
        var partitions = await readiness.WaitAsync(consumer.Handle, cancellationToken);
        await warmUp.RunAsync(partitions.Count, cancellationToken);
    }
}
