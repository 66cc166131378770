using Confluent.Kafka;
using MovieFriends.Kafka;
using MovieFriends.KafkaToNeo4j.Ports;

namespace MovieFriends.KafkaToNeo4j.Telemetry;

/// <summary>
/// Asks the broker where the partitions end. What the client knows by itself stands still while fetching is paused, which is when
/// the lag grows.
/// </summary>
internal sealed class LagWatch(
    IBrokerClient client, StreamTelemetry telemetry, KafkaHealth health, TopicSettings topic, IEngineThreads threads)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(2);

    /// <summary>Asks again and again, until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(s_interval, threads.Time);
        do
        {
            foreach (var partition in telemetry.Lags.Partitions)
            {
                cancellationToken.ThrowIfCancellationRequested();
                await AskAsync(partition);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    private async Task AskAsync(int partition)
    {
        try
        {
            // The client's own call blocks, and must be over before the client goes: it is waited for.
            var watermarks = await threads.CallAsync(() => client.QueryWatermarkOffsets(new TopicPartition(topic.Name, partition), s_timeout));
            telemetry.Lags.Ends(partition, watermarks.High);

            // A consumer that gets no messages hears of no other answer.
            health.Working();
        }
        catch (KafkaException)
        {
            // Away: others say so. The lag stays what was last known.
        }
    }
}
