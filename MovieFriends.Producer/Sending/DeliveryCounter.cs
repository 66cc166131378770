using Confluent.Kafka;
using MovieFriends.Extensions;
using MovieFriends.Kafka;
using MovieFriends.Producer.Telemetry;

namespace MovieFriends.Producer.Sending;

/// <summary>Counts what became of messages. Thread-safe: confirmations arrive on threads of the client's.</summary>
internal sealed class DeliveryCounter(KafkaHealth health, SendSpans spans)
{
    private long _sent;
    private long _bytes;
    private long _confirmed;
    private long _failed;
    private long _queueFullWaits;
    private Error? _fatal;
    private Error? _lastFailure;
    private Error? _refusal;

    /// <summary>Messages handed to the client, or about to be.</summary>
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

    /// <summary>Why the broker refuses whatever is sent; it is no use to send more.</summary>
    public Error? Refusal => Volatile.Read(ref _refusal);

    /// <summary>
    /// Value bytes of the confirmed messages. Reports are counted, not looked into; where some failed, the confirmed ones'
    /// share of all bytes stands for theirs.
    /// </summary>
    public long ConfirmedBytes => Confirmed == Sent ? Interlocked.Read(ref _bytes) : (long)(Interlocked.Read(ref _bytes) * ((double)Confirmed / Sent));

    /// <summary>To be called before the message goes to the client, so that its confirmation cannot be counted first. One thread sends.</summary>
    public void Sending(int bytes)
    {
        Volatile.Write(ref _sent, _sent + 1);
        Volatile.Write(ref _bytes, _bytes + bytes);
    }

    /// <summary>The client did not take the message.</summary>
    public void NotSent(int bytes)
    {
        Volatile.Write(ref _sent, _sent - 1);
        Volatile.Write(ref _bytes, _bytes - bytes);
    }

    public void Waited() => Interlocked.Increment(ref _queueFullWaits);

    /// <summary>The fate of messages is known.</summary>
    /// <param name="confirmed">How many have arrived.</param>
    /// <param name="failed">How many were given up.</param>
    /// <param name="failure">Why the last of these was.</param>
    public void Delivered(int confirmed, int failed, Error? failure)
    {
        Interlocked.Add(ref _confirmed, confirmed);
        Interlocked.Add(ref _failed, failed);
        if (failure is not null)
        {
            Volatile.Write(ref _lastFailure, failure);
            if (KafkaFailure.Classify(failure) == KafkaFailureKind.Refused)
                Interlocked.CompareExchange(ref _refusal, failure, null);
        }

        if (confirmed > 0)
            health.Working();
        spans.Known(Confirmed + Failed, Sent, failure);
    }

    /// <summary>Ends the service if the broker has refused it for too long.</summary>
    /// <exception cref="FatalException">It has.</exception>
    public void ThrowIfRefused() => health.ThrowIfRefused();

    /// <summary>The client met an error; after a fatal one it sends nothing any more.</summary>
    public void ClientFailed(Error error)
    {
        if (error.IsFatal)
            Volatile.Write(ref _fatal, error);
        health.Failed(error);
    }
}
