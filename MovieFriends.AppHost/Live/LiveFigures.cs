using MovieFriends.Contracts.Reporting;

namespace MovieFriends.AppHost.Live;

/// <summary>Makes figures of what producer and consumer say from time to time. One that starts again, and counts from zero, is added to what was before.</summary>
internal sealed class LiveFigures(TimeProvider time)
{
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(5);

    private readonly Queue<(long Timestamp, long Messages, long Batches)> _samples = new();
    private ProducerStatus _producer = new(0, 0, 0);
    private ConsumerStatus _consumer = new(0, 0, 0, 0, null, null, null, 0, 0, 0);
    private long _producedBefore;
    private ConsumerStatus _consumedBefore = new(0, 0, 0, 0, null, null, null, 0, 0, 0);

    /// <summary>Takes what the services said; null from one that did not answer.</summary>
    public Figures Add(ProducerStatus? producer, ConsumerStatus? consumer)
    {
        Take(producer);
        Take(consumer);
        var (messages, batches) = (_consumedBefore.Messages + _consumer.Messages, _consumedBefore.Batches + _consumer.Batches);
        var now = time.GetTimestamp();
        _samples.Enqueue((now, messages, batches));
        while (_samples.Count > 2 && time.GetElapsedTime(_samples.Peek().Timestamp, now) > s_window)
            _samples.Dequeue();

        var first = _samples.Peek();
        var seconds = time.GetElapsedTime(first.Timestamp, now).TotalSeconds;
        var transactions = batches - first.Batches;
        return new Figures(
            _producedBefore + _producer.Confirmed,
            messages,
            consumer?.Lag,
            seconds > 0 ? (messages - first.Messages) / seconds : 0,
            consumer?.LatencyP50,
            consumer?.LatencyP99,
            transactions > 0 ? (double)(messages - first.Messages) / transactions : 0,
            _consumedBefore.Retries + _consumer.Retries,
            _consumedBefore.DeadLettered + _consumer.DeadLettered);
    }

    private void Take(ProducerStatus? status)
    {
        if (status is null)
            return;

        if (status.Confirmed < _producer.Confirmed)
            _producedBefore += _producer.Confirmed;
        _producer = status;
    }

    private void Take(ConsumerStatus? status)
    {
        if (status is null)
            return;

        if (status.Messages < _consumer.Messages || status.Retries < _consumer.Retries)
        {
            _consumedBefore = _consumedBefore with
            {
                Messages = _consumedBefore.Messages + _consumer.Messages,
                Batches = _consumedBefore.Batches + _consumer.Batches,
                Retries = _consumedBefore.Retries + _consumer.Retries,
                DeadLettered = _consumedBefore.DeadLettered + _consumer.DeadLettered,
            };
        }

        _consumer = status;
    }
}
