using Confluent.Kafka;
using MovieFriends.Kafka;
using MovieFriends.KafkaToNeo4j.Bookkeeping;
using MovieFriends.KafkaToNeo4j.Telemetry;

namespace MovieFriends.KafkaToNeo4j.Polling;

/// <summary>Puts what was polled into the buffer of its partition. Belongs to the poll thread. The hot path allocates nothing of its own per message.</summary>
internal sealed class MessageIntake(
    StreamSettings stream, MessageBuffers buffers, StopCondition stop, ReadRetries retries, StreamTelemetry telemetry, TimeProvider time)
{
    /// <summary>Takes a message, or the end of its partition.</summary>
    /// <returns>Whether the buffer is full now.</returns>
    public bool Add(PartitionState partition, ConsumeResult<MessageBytes, MessageBytes> polled)
    {
        partition.Hear();
        if (partition.Reading == PartitionReading.Waits)
            return false;
        var offset = polled.Offset.Value;
        if (polled.IsPartitionEOF)
        {
            // What was not accepted lies between the buffer and the end, and must not be skipped.
            if (!partition.HasDeclined)
                partition.Buffer.SkipTo(offset, time.GetUtcNow());
            return false;
        }

        if (!partition.Buffer.Wants(offset))
            return false;
        if (!stop.Accept(partition.Partition.Partition.Value, offset))
        {
            partition.HasDeclined = true;
            return false;
        }

        var message = polled.Message;
        var received = new ReceivedMessage(partition.Partition.Partition.Value, offset, buffers.Key.Read(message.Key), buffers.Value.Read(message.Value))
        {
            Timestamp = stream.Fields.HasFlag(MessageFields.Timestamp) ? message.Timestamp.UnixTimestampMs : null,
            Headers = stream.Fields.HasFlag(MessageFields.Headers) ? message.Headers : null,
        };
        var now = time.GetUtcNow();
        var (isFull, missing) = partition.Buffer.Add(received, TraceParent(message), now);
        if (missing is not null)
        {
            stop.Withdraw();
            retries.Failed(partition, missing, time.GetUtcNow() - now);
        }
        else if (partition.Reading == PartitionReading.Tries)
        {
            retries.Succeeded(partition);
        }

        return isFull;
    }

    private byte[]? TraceParent(Message<MessageBytes, MessageBytes> message) =>
        telemetry.IsTracing && message.Headers is { } headers && headers.TryGetLastBytes(TraceHeaders.TraceParent, out var value) ? value : null;
}
