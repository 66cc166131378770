using Confluent.Kafka;
using MovieFriends.Kafka;

namespace MovieFriends.Producer.Sending;

/// <summary>Mode Live: each message goes by itself, through Confluent.Kafka's producer, which finds partitions by itself.</summary>
internal sealed class LiveClient(IProducer<byte[], byte[]> producer, TopicSettings topic, DeliveryCounter counter) : IMessageClient
{
    private readonly string _topic = topic.Name;
    private long _taken;

    public long Taken => _taken;

    public Error? Refusal { get; private set; }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public bool TrySend(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, byte[]? traceParent)
    {
        var message = new Message<byte[], byte[]> { Key = key.ToArray(), Value = value.ToArray() };
        if (traceParent is not null)
            message.Headers = new Headers { { TraceHeaders.TraceParent, traceParent } };
        try
        {
            producer.Produce(_topic, message, Delivered);
            _taken++;
            return true;
        }
        catch (ProduceException<byte[], byte[]> exception)
        {
            // Anything but a full queue stays.
            if (exception.Error.Code != ErrorCode.Local_QueueFull)
                Refusal = counter.Fatal ?? exception.Error;
            return false;
        }
    }

    public bool TryHandOver() => true;

    public void Flush(TimeSpan timeout) => producer.Flush(timeout);

    // The producer is the host's to dispose.
    public void Dispose()
    {
    }

    private void Delivered(DeliveryReport<byte[], byte[]> report)
    {
        var failed = report.Error.IsError ? 1 : 0;
        counter.Delivered(1 - failed, failed, failed == 1 ? report.Error : null);
    }
}
