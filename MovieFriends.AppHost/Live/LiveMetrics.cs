using MovieFriends.Contracts.Reporting;

namespace MovieFriends.AppHost.Live;

/// <summary>Makes a snapshot of what producers and consumers say from time to time: added up over all processes, those that are over included.</summary>
internal sealed class LiveMetrics(TimeProvider time)
{
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(5);

    private readonly Queue<(long Timestamp, long Messages, long Batches)> _samples = new();
    private readonly Dictionary<string, ProducerStatus> _producers = [];
    private readonly Dictionary<string, ConsumerStatus> _consumers = [];

    /// <summary>Takes what the services said; null from one that did not answer.</summary>
    public MetricsSnapshot Add(ProducerStatus? producer, ConsumerStatus? consumer)
    {
        if (producer is not null)
            _producers[producer.Instance] = producer;
        if (consumer is not null)
            _consumers[consumer.Instance] = consumer;

        var (messages, batches) = (_consumers.Values.Sum(c => c.Messages), _consumers.Values.Sum(c => c.Batches));
        var now = time.GetTimestamp();
        _samples.Enqueue((now, messages, batches));
        while (_samples.Count > 2 && time.GetElapsedTime(_samples.Peek().Timestamp, now) > s_window)
            _samples.Dequeue();

        var first = _samples.Peek();
        var seconds = time.GetElapsedTime(first.Timestamp, now).TotalSeconds;
        var transactions = batches - first.Batches;
        return new MetricsSnapshot
        {
            Produced = _producers.Values.Sum(p => p.Confirmed),
            Consumed = messages,
            Lag = consumer?.Lag,
            MessagesPerSecond = seconds > 0 ? (messages - first.Messages) / seconds : 0,
            LatencyP50 = consumer?.LatencyP50,
            LatencyP99 = consumer?.LatencyP99,
            BatchSize = transactions > 0 ? (double)(messages - first.Messages) / transactions : 0,
            Retries = _consumers.Values.Sum(c => c.Retries),
            DeadLetters = _consumers.Values.Sum(c => c.DeadLettered),
        };
    }
}
