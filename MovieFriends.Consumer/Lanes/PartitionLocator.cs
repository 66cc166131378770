using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Microsoft.Extensions.Options;
using MovieFriends.Consumer.Ledger;
using MovieFriends.Consumer.Polling;
using MovieFriends.Contracts.Topics;
using MovieFriends.ServiceDefaults.Neo4j;

namespace MovieFriends.Consumer.Lanes;

/// <summary>Finds out, from the ledger and the broker, where reading of a partition starts and where it ended at that time.</summary>
internal sealed partial class PartitionLocator(
    IConsumer<MessageBytes, MessageBytes> consumer,
    OffsetLedger ledger,
    GraphRetry retry,
    IOptions<TopicOptions> topics,
    IOptions<ConsumerOptions> options,
    TimeProvider time,
    ILogger<PartitionLocator> logger)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    public async Task<(long Start, long End)> LocateAsync(int partition, CancellationToken cancellationToken)
    {
        for (; ; )
        {
            var range = await AskBrokerAsync(partition, cancellationToken);
            var entry = await retry.RunAsync(() => ledger.ReadAsync(partition), cancellationToken);
            var (start, gone) = LedgerStart.Decide(topics.Value.Charges, partition, entry, range, options.Value.OnGap);
            var topicId = range.TopicId.Length > 0 ? range.TopicId : entry?.TopicId ?? string.Empty;
            var opened = await retry.RunAsync(() => ledger.OpenAsync(partition, start, topicId), cancellationToken);
            if (gone == 0)
                return (opened, range.High);

            LogGone(logger, gone, topics.Value.Charges, partition, opened, start - 1);
            if (await retry.RunAsync(() => ledger.PassOverAsync(partition, opened, start), cancellationToken))
                return (start, range.High);
        }
    }

    private async Task<PartitionRange> AskBrokerAsync(int partition, CancellationToken cancellationToken)
    {
        for (var failures = 1; ; failures++)
        {
            try
            {
                // The client's own call blocks.
                var watermarks = await Task.Run(
                    () => consumer.QueryWatermarkOffsets(new TopicPartition(topics.Value.Charges, partition), s_patience),
                    cancellationToken);
                return new PartitionRange(await TopicIdAsync(), watermarks.Low, watermarks.High);
            }
            catch (KafkaException exception)
            {
                if (failures == 1)
                    LogWaiting(logger, topics.Value.Charges, partition, exception.Error.Reason);
                await Task.Delay(Backoff.After(failures, Random.Shared.NextDouble()), time, cancellationToken);
            }
        }
    }

    private async Task<string> TopicIdAsync()
    {
        // A broker that is too old for headers has no topic ids either, and the client would wait for the name of a controller, which it never gives.
        if (!topics.Value.Headers)
            return string.Empty;

        using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        try
        {
            var description = await admin.DescribeTopicsAsync(
                TopicCollection.OfTopicNames([topics.Value.Charges]),
                new DescribeTopicsOptions { RequestTimeout = s_patience });
            return description.TopicDescriptions[0].TopicId?.ToString() ?? string.Empty;
        }
        catch (KafkaException exception) when (exception.Error.Code == ErrorCode.Local_UnsupportedFeature)
        {
            return string.Empty;
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Gone} messages of {Topic} partition {Partition} are passed over: retention deleted offsets {From} to {To} before they were read.")]
    private static partial void LogGone(ILogger logger, long gone, string topic, int partition, long from, long to);

    [LoggerMessage(LogLevel.Warning, "Kafka does not say where {Topic} partition {Partition} stands and is asked again until it does: {Reason}")]
    private static partial void LogWaiting(ILogger logger, string topic, int partition, string reason);
}
