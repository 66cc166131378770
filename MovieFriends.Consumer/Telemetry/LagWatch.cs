using Confluent.Kafka;
using Microsoft.Extensions.Options;
using MovieFriends.Consumer.Polling;
using MovieFriends.Contracts.Topics;

namespace MovieFriends.Consumer.Telemetry;

/// <summary>
/// Asks the broker where the partitions end. What the client knows by itself stands still while fetching is paused, which is when
/// the lag grows.
/// </summary>
internal sealed class LagWatch(IConsumer<MessageBytes, MessageBytes> consumer, ConsumerTelemetry telemetry, IOptions<TopicOptions> topics, TimeProvider time)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    /// <summary>Asks again and again, until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(s_interval, time);
        do
        {
            foreach (var partition in telemetry.Lags.Partitions)
                await AskAsync(partition, cancellationToken);
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    private async Task AskAsync(int partition, CancellationToken cancellationToken)
    {
        try
        {
            // The client's own call blocks; a service that stops does not wait for it.
            var asking = Task.Run(() => consumer.QueryWatermarkOffsets(new TopicPartition(topics.Value.Charges, partition), s_patience), cancellationToken);
            telemetry.Lags.Ends(partition, (await asking.WaitAsync(cancellationToken)).High);
        }
        catch (KafkaException)
        {
            // Away: others say so. The lag stays what was last known.
        }
    }
}
