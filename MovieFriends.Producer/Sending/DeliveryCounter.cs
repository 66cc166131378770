using Confluent.Kafka;
using MovieFriends.ServiceDefaults.Kafka;

namespace MovieFriends.Producer.Sending;

/// <summary>Counts what became of messages. Thread-safe: confirmations arrive on the client's own thread and on a flushing one.</summary>
internal sealed class DeliveryCounter(KafkaHealth health)
{
    private long _sent;
    private long _bytes;
    private long _confirmed;
    private long _failed;
    private long _queueFullWaits;
    private Error? _fatal;
    private Error? _lastFailure;

    /// <summary>Messages handed to the client.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Messages that the broker confirmed.</summary>
    public long Confirmed => Interlocked.Read(ref _confirmed);

    /// <summary>Messages that the client gave up.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    /// <summary>Messages whose fate is open.</summary>
    public long Outstanding => Sent - Confirmed - Failed;

    /// <summary>How often a message waited because the client's queue was full.</summary>
    public long QueueFullWaits => Interlocked.Read(ref _queueFullWaits);

    /// <summary>After this the client sends nothing any more.</summary>
    public Error? Fatal => Volatile.Read(ref _fatal);

    /// <summary>Why a message failed, most recently.</summary>
    public Error? LastFailure => Volatile.Read(ref _lastFailure);

    /// <summary>
    /// Value bytes of the confirmed messages. Reports come without their messages, which keeps them small; where some
    /// failed, the confirmed ones' share of all bytes stands for theirs.
    /// </summary>
    public long ConfirmedBytes => Confirmed == Sent ? Interlocked.Read(ref _bytes) : (long)(Interlocked.Read(ref _bytes) * ((double)Confirmed / Sent));

    /// <summary>To be called before the message goes to the client, so that its confirmation cannot be counted first.</summary>
    public void Sending(int bytes)
    {
        Interlocked.Increment(ref _sent);
        Interlocked.Add(ref _bytes, bytes);
    }

    /// <summary>The client did not take the message.</summary>
    public void NotSent(int bytes)
    {
        Interlocked.Decrement(ref _sent);
        Interlocked.Add(ref _bytes, -bytes);
    }

    public void Waited() => Interlocked.Increment(ref _queueFullWaits);

    public void Delivered(DeliveryReport<byte[], byte[]> report)
    {
        if (report.Error.IsError)
        {
            Volatile.Write(ref _lastFailure, report.Error);
            Interlocked.Increment(ref _failed);
            return;
        }

        Interlocked.Increment(ref _confirmed);
        health.Working();
    }

    /// <summary>Takes what the client's error handler is told.</summary>
    public void ClientFailed(Error error)
    {
        if (error.IsFatal)
            Volatile.Write(ref _fatal, error);
        health.Failed(error);
    }
}
